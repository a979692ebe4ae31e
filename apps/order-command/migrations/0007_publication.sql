CREATE PUBLICATION orderline_outbox FOR TABLE outbox, relay_heartbeat
  WITH (publish = 'insert', publish_via_partition_root = true);
