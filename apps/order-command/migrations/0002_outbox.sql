-- What the relay publishes, in commit order. Insert only; whole partitions are dropped once relayed (0006).
-- Lengths and the constraint refuse a row that would stop the connector for everybody.
CREATE TABLE outbox (
  event_id uuid NOT NULL,
  route varchar(20) NOT NULL,
  message_key varchar(64) NOT NULL,
  payload bytea NOT NULL,
  recorded_at timestamp(3) NOT NULL, -- UTC: Debezium takes no timestamptz for the record's timestamp
  ce_specversion varchar(8) NOT NULL,
  ce_id varchar(64) NOT NULL,
  ce_source varchar(100) NOT NULL,
  ce_type varchar(200) NOT NULL,
  ce_subject varchar(64) NOT NULL,
  ce_time varchar(30) NOT NULL,
  content_type varchar(100) NOT NULL,
  event_type varchar(100) NOT NULL,
  event_version varchar(10) NOT NULL,
  correlation_id varchar(128) NOT NULL,
  traceparent varchar(100) NOT NULL,
  CONSTRAINT outbox_row_can_be_relayed CHECK (
    route = 'orders' AND message_key <> '' AND octet_length(payload) BETWEEN 1 AND 262144 AND recorded_at < 'infinity'
  )
) PARTITION BY RANGE (recorded_at);

CREATE TRIGGER outbox_rows_stay BEFORE UPDATE OR DELETE ON outbox
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE outbox ENABLE ALWAYS TRIGGER outbox_rows_stay;

-- Moves the relay's slot while orders are quiet: a slot that stands still holds the WAL of the whole cluster.
CREATE TABLE relay_heartbeat (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  beat_at timestamptz NOT NULL DEFAULT now()
);
