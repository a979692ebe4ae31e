-- Outbox partitions on their way out: detached, so that nothing can be written to them any more, and dropped once every
-- logical slot of this database has confirmed the WAL position noted when they were detached.
CREATE TABLE outbox_retired (
  partition text PRIMARY KEY,
  retired_at timestamptz NOT NULL DEFAULT now(),
  wal_position pg_lsn NOT NULL
);

-- Detaches outbox partitions whose day is past by an hour. Detaching takes the parent's exclusive lock, which no open
-- transaction that has written to the outbox lets go: while one is open the partition is held, and tried again later.
CREATE FUNCTION retire_outbox_partitions() RETURNS TABLE (partition text, outcome text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
BEGIN
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'outbox'::regclass AND c.relname ~ '^outbox_\d{4}_\d\d_\d\d$'
      AND to_date(right(c.relname, 10), 'YYYY_MM_DD') + 1 + interval '1 hour' <= now()
    ORDER BY c.relname
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE outbox DETACH PARTITION %I', partition);
      INSERT INTO outbox_retired VALUES (partition, now(), pg_current_wal_insert_lsn());
      outcome := 'retired';
    EXCEPTION WHEN lock_not_available THEN
      outcome := 'held_by_open_transaction';
    END;
    RETURN NEXT;
  END LOOP;
END
$$;

CREATE FUNCTION drop_relayed_outbox_partitions() RETURNS TABLE (partition text, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  confirmed pg_lsn;
  retired outbox_retired;
BEGIN
  SELECT min(confirmed_flush_lsn) INTO confirmed FROM pg_replication_slots
  WHERE database = current_database() AND slot_type = 'logical';
  FOR retired IN SELECT * FROM outbox_retired ORDER BY retired_at, outbox_retired.partition FOR UPDATE LOOP
    partition := retired.partition;
    IF confirmed IS NULL THEN
      outcome := 'held_without_slot';
    ELSIF confirmed < retired.wal_position THEN
      outcome := 'held_by_relay';
    ELSE
      EXECUTE format('DROP TABLE %I', retired.partition);
      DELETE FROM outbox_retired o WHERE o.partition = retired.partition;
      outcome := 'dropped';
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;

-- A receipt is found for 24 hours, so none of a day before yesterday's is; one day more is kept for clocks that differ.
CREATE FUNCTION drop_expired_receipts() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'receipt'::regclass AND c.relname ~ '^receipt_\d{4}_\d\d_\d\d$'
      AND to_date(right(c.relname, 10), 'YYYY_MM_DD') < current_date - 2
    ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %I', name);
    RETURN NEXT name;
  END LOOP;
END
$$;

CREATE FUNCTION trim_relay_heartbeats() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH trimmed AS (DELETE FROM relay_heartbeat WHERE beat_at < now() - interval '1 day' RETURNING 1)
  SELECT count(*) FROM trimmed
$$;

-- Default partitions that hold rows: a clock was stepped, or partitions were not made in time.
CREATE FUNCTION filled_default_partitions() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 'event_default' WHERE EXISTS (SELECT FROM event_default)
  UNION ALL SELECT 'outbox_default' WHERE EXISTS (SELECT FROM outbox_default)
  UNION ALL SELECT 'receipt_default' WHERE EXISTS (SELECT FROM receipt_default)
$$;
