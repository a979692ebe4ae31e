-- One row per filled copy of a read model. Rows of the read model, of projection_order, projection_checkpoint and
-- projection_parked carry the number; readers take the one that serves, so that a swap is an update of two rows here.
CREATE TABLE projection_generation (
  generation integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  projection text NOT NULL,
  version integer NOT NULL,
  table_name text NOT NULL,
  state text NOT NULL CHECK (state IN ('serving', 'filling', 'caught_up', 'standby')),
  -- Generations of one feed share a consumer and its group.
  feed text NOT NULL,
  -- What the comparison with the serving generation found; null until it was made.
  comparison jsonb,
  begun_at timestamptz NOT NULL DEFAULT now(),
  caught_up_at timestamptz,
  -- At most two of a projection; looked at when a swap commits.
  EXCLUDE USING btree (projection WITH =) WHERE (state = 'serving') DEFERRABLE INITIALLY DEFERRED,
  EXCLUDE USING btree (projection WITH =) WHERE (state <> 'serving') DEFERRABLE INITIALLY DEFERRED
);

-- The deduplication table: how far each order has come. Grows with orders, not with events.
CREATE TABLE projection_order (
  generation integer NOT NULL,
  order_id uuid NOT NULL,
  version integer NOT NULL,
  event_id uuid,
  parked boolean NOT NULL DEFAULT false,
  -- What a projection of deltas remembers of the order.
  memory jsonb,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (generation, order_id)
) PARTITION BY LIST (generation);

CREATE TABLE projection_checkpoint (
  generation integer NOT NULL REFERENCES projection_generation ON DELETE CASCADE,
  partition integer NOT NULL,
  cluster_id text NOT NULL,
  next_offset bigint NOT NULL,
  -- The last record taken in, compared with the topic on assignment: next_offset - 1 may be a control record.
  last_offset bigint,
  last_event_id text,
  last_recorded_at timestamptz,
  applied bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  -- No batch goes past hold_at before hold_until.
  hold_at bigint,
  hold_until timestamptz,
  PRIMARY KEY (generation, partition)
) WITH (fillfactor = 50);

-- Records that could not be applied and those of the same order behind them.
CREATE TABLE projection_parked (
  generation integer NOT NULL REFERENCES projection_generation ON DELETE CASCADE,
  partition integer NOT NULL,
  topic_offset bigint NOT NULL,
  order_id text NOT NULL,
  version integer,
  event_id text,
  event_type text,
  -- Null for a record that only waits behind another.
  reason text,
  parked_at timestamptz NOT NULL DEFAULT now(),
  record_key bytea,
  record_value bytea,
  headers jsonb NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  PRIMARY KEY (generation, partition, topic_offset)
);
CREATE INDEX projection_parked_order ON projection_parked (generation, order_id, topic_offset);

CREATE TABLE projection_discarded (
  LIKE projection_parked,
  projection text NOT NULL,
  discard_reason text NOT NULL,
  discarded_at timestamptz NOT NULL DEFAULT now()
);

-- Schemas once seen, so that consumers go on while the registry is away.
CREATE TABLE projection_schema (
  id integer PRIMARY KEY,
  schema text NOT NULL
);

CREATE FUNCTION serving_generation(name text) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
RETURN (SELECT generation FROM projection_generation WHERE projection = name AND state = 'serving');

-- The role that runs the app owns no table; these two functions are all it may do to the shape of the database.
CREATE FUNCTION begin_generation(name text, version integer, table_name text, state text, feed text)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  begun integer;
BEGIN
  INSERT INTO projection_generation (projection, version, table_name, state, feed)
    VALUES (name, version, table_name, state, '') RETURNING generation INTO begun;
  UPDATE projection_generation g SET feed = begin_generation.feed || CASE WHEN begin_generation.feed = 'main' THEN '' ELSE begun::text END
    WHERE generation = begun;
  -- ATTACH locks out no reader of the parent, as CREATE … PARTITION OF would.
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) WITH (fillfactor = 80)', table_name || '_g' || begun, table_name);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', table_name, table_name || '_g' || begun, begun);
  EXECUTE format('CREATE TABLE projection_order_g%s (LIKE projection_order INCLUDING ALL) WITH (fillfactor = 80)', begun);
  EXECUTE format('ALTER TABLE projection_order ATTACH PARTITION projection_order_g%s FOR VALUES IN (%s)', begun, begun);
  RETURN begun;
END $$;

CREATE FUNCTION drop_generation(which integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  name text;
BEGIN
  -- Checkpoints first: whoever applies a batch holds them, and finds none afterwards.
  PERFORM FROM projection_checkpoint WHERE generation = which ORDER BY partition FOR UPDATE;
  DELETE FROM projection_generation WHERE generation = which AND state <> 'serving' RETURNING table_name INTO name;
  IF name IS NULL THEN
    RAISE EXCEPTION 'generation % is serving or does not exist', which;
  END IF;
  EXECUTE format('DROP TABLE %I', name || '_g' || which);
  EXECUTE format('DROP TABLE projection_order_g%s', which);
END $$;

REVOKE ALL ON FUNCTION begin_generation, drop_generation FROM PUBLIC;

-- By the naming of the roles, the owner of database D is D_owner and its app D_app.
DO $$
DECLARE
  app text := regexp_replace(current_user, '_owner$', '_app');
BEGIN
  IF app <> current_user THEN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON projection_order, projection_checkpoint, projection_parked TO %I', app);
    EXECUTE format('GRANT SELECT, UPDATE ON projection_generation TO %I', app);
    EXECUTE format('GRANT SELECT, INSERT ON projection_schema, projection_discarded TO %I', app);
    EXECUTE format('GRANT EXECUTE ON FUNCTION begin_generation, drop_generation TO %I', app);
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'orders_auditor') THEN
    GRANT SELECT ON projection_generation, projection_order, projection_checkpoint, projection_parked, projection_discarded TO orders_auditor;
  END IF;
END $$;
