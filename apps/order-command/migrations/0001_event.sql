-- The history of every order. (order_id, version) is the optimistic lock. Order ids are UUIDv7, so a range of ids is a
-- range of time: recent orders stay together, and old partitions can be detached.
CREATE TABLE event (
  order_id uuid NOT NULL,
  version int NOT NULL,
  event_id uuid NOT NULL,
  type varchar(100) NOT NULL,
  schema_version int NOT NULL,
  data jsonb NOT NULL,
  metadata jsonb NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (order_id, version),
  -- Few, since the server reads every CHECK of a table anew in every statement: lengths of text are left to its type.
  CONSTRAINT event_counts_from_one CHECK (version > 0 AND schema_version > 0),
  CONSTRAINT event_hash_is_sha256 CHECK (octet_length(hash) = 32)
) PARTITION BY RANGE (order_id);

-- The hash of an event: SHA-256 over the hash of the order's previous event (32 zero bytes before the first) and, each
-- on its own line, its stored columns: order id, version, event id, type, schema version, recorded_at in epoch
-- milliseconds, data and metadata as jsonb prints them. No number, id or jsonb text holds a line break, so no two events
-- share a form.
CREATE FUNCTION event_hash(previous bytea, e event) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
  coalesce(previous, '\x0000000000000000000000000000000000000000000000000000000000000000'::bytea)
  || convert_to(
    (e).order_id::text || E'\n' || (e).version::text || E'\n' || (e).event_id::text || E'\n' || (e).type || E'\n'
      || (e).schema_version::text || E'\n' || (extract(epoch FROM (e).recorded_at) * 1000)::bigint::text || E'\n'
      || (e).data::text || E'\n' || (e).metadata::text,
    'UTF8'
  )
);

-- When an event was recorded and its hash; nulls when there is none. A function of its own because its plan looks at
-- one partition, where a join of the append's statement would open every one of them.
CREATE FUNCTION event_position(wanted_order uuid, wanted_version int, OUT recorded_at timestamptz, OUT hash bytea)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
  SELECT e.recorded_at, e.hash INTO recorded_at, hash
  FROM event e
  WHERE e.order_id = wanted_order AND e.version = wanted_version;
END
$$;

-- Triggers of this function stand ENABLE ALWAYS: session_replication_role does not skip them, and only the owner of the
-- table can switch them off. The hash chain is there for whoever does.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % refused: rows here are written once', tg_op, tg_table_name
    USING ERRCODE = 'restrict_violation', HINT = 'What happened later is a new event.';
END
$$;

CREATE TRIGGER event_rows_stay BEFORE UPDATE OR DELETE ON event
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE event ENABLE ALWAYS TRIGGER event_rows_stay;
