-- no-transaction
-- Made once, after the publication: a slot that is lost later must not be made again in silence, it would hide a gap.
SELECT pg_create_logical_replication_slot('orderline_outbox', 'pgoutput')
 WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'orderline_outbox');
