-- Each role gets what its work needs and no more; nobody but the owner may change or remove a row.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;

GRANT SELECT, INSERT ON event, receipt, snapshot TO orders_app;
GRANT INSERT ON outbox TO orders_app;
GRANT SELECT ON schema_id TO orders_app;
GRANT EXECUTE ON FUNCTION
  event_hash, event_position, claim_receipt, make_partitions_ahead, retire_outbox_partitions, drop_relayed_outbox_partitions,
  drop_expired_receipts, trim_relay_heartbeats, filled_default_partitions
TO orders_app;

GRANT SELECT ON outbox TO orders_relay;
GRANT SELECT, INSERT ON relay_heartbeat TO orders_relay;

GRANT SELECT ON event, outbox, receipt, snapshot, schema_id, relay_heartbeat, outbox_retired TO orders_auditor;
GRANT EXECUTE ON FUNCTION event_hash, filled_default_partitions TO orders_auditor;
