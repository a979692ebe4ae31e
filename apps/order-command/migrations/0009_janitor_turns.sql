-- The functions of 0006 that detach and drop, one caller at a time: of two that found the same partition, the second failed
-- with all its work once the first was done.

-- False when another caller is still at it after the lock_timeout of the function that asks.
CREATE FUNCTION take_janitor_turn() RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('orderline janitor', 0));
  RETURN true;
EXCEPTION WHEN lock_not_available THEN
  RETURN false;
END
$$;
REVOKE ALL ON FUNCTION take_janitor_turn FROM PUBLIC;

-- Appends queue behind every wait for the parent's lock, so it is waited for once: who holds it off, holds them all.
CREATE OR REPLACE FUNCTION retire_outbox_partitions() RETURNS TABLE (partition text, outcome text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
DECLARE
  held boolean := false;
BEGIN
  IF NOT take_janitor_turn() THEN
    RETURN;
  END IF;
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'outbox'::regclass AND c.relname ~ '^outbox_\d{4}_\d\d_\d\d$'
      AND to_date(right(c.relname, 10), 'YYYY_MM_DD') + 1 + interval '1 hour' <= now()
    ORDER BY c.relname
  LOOP
    outcome := 'held_by_open_transaction';
    IF NOT held THEN
      BEGIN
        EXECUTE format('ALTER TABLE outbox DETACH PARTITION %I', partition);
        INSERT INTO outbox_retired VALUES (partition, now(), pg_current_wal_insert_lsn());
        outcome := 'retired';
      EXCEPTION WHEN lock_not_available THEN
        held := true;
      END;
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION drop_relayed_outbox_partitions() RETURNS TABLE (partition text, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  confirmed pg_lsn;
  retired outbox_retired;
BEGIN
  IF NOT take_janitor_turn() THEN
    RETURN;
  END IF;
  SELECT min(confirmed_flush_lsn) INTO confirmed FROM pg_replication_slots
  WHERE database = current_database() AND slot_type = 'logical';
  FOR retired IN SELECT * FROM outbox_retired ORDER BY retired_at, outbox_retired.partition LOOP
    partition := retired.partition;
    IF confirmed IS NULL THEN
      outcome := 'held_without_slot';
    ELSIF confirmed < retired.wal_position THEN
      outcome := 'held_by_relay';
    ELSE
      BEGIN
        EXECUTE format('DROP TABLE %I', retired.partition);
        DELETE FROM outbox_retired o WHERE o.partition = retired.partition;
        outcome := 'dropped';
      EXCEPTION WHEN lock_not_available THEN
        outcome := 'held_by_open_transaction';
      END;
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;

-- Dropping a partition takes the parent's exclusive lock: where it is not to be had, the rest is left to a later run.
CREATE OR REPLACE FUNCTION drop_expired_receipts() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '200ms' AS $$
DECLARE
  name text;
BEGIN
  IF NOT take_janitor_turn() THEN
    RETURN;
  END IF;
  FOR name IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'receipt'::regclass AND c.relname ~ '^receipt_\d{4}_\d\d_\d\d$'
      AND to_date(right(c.relname, 10), 'YYYY_MM_DD') < current_date - 2
    ORDER BY c.relname
  LOOP
    BEGIN
      EXECUTE format('DROP TABLE %I', name);
    EXCEPTION WHEN lock_not_available THEN
      RETURN;
    END;
    RETURN NEXT name;
  END LOOP;
END
$$;
