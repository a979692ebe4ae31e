-- Events that are sent again keep the time they were recorded at, so they may be of days whose outbox partition is gone.
-- Such a day gets one anew, which the janitor retires as any other; its number keeps it apart from one that is retired but
-- not dropped yet.

-- Makes what is missing of these days. Days of today and later are those of make_partitions_ahead. A day that cannot have one
-- (its rows stand in the default partition) is left out: the rows go there too.
CREATE FUNCTION make_past_outbox_partitions(days date[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  day date;
  name text;
  copies int;
BEGIN
  FOR day IN SELECT DISTINCT d FROM unnest(days) d WHERE d < current_date ORDER BY d LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('orderline partitions', 0));
    name := 'outbox_' || to_char(day, 'YYYY_MM_DD');
    CONTINUE WHEN EXISTS (
      SELECT FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'outbox'::regclass AND (c.relname = name OR c.relname LIKE name || '\_%')
    );
    copies := 1;
    WHILE to_regclass(name) IS NOT NULL LOOP
      copies := copies + 1;
      name := 'outbox_' || to_char(day, 'YYYY_MM_DD') || '_' || copies;
    END LOOP;
    IF make_partition('outbox', name, quote_literal(day), quote_literal(day + 1)) THEN
      RETURN NEXT name;
    END IF;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION make_past_outbox_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_past_outbox_partitions TO orders_app;

-- As in 0009, and with the numbered ones.
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
    WHERE i.inhparent = 'outbox'::regclass AND c.relname ~ '^outbox_\d{4}_\d\d_\d\d(_\d+)?$'
      AND to_date(substr(c.relname, 8, 10), 'YYYY_MM_DD') + 1 + interval '1 hour' <= now()
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

-- As in 0009, but asks the relay's own slot. The least of all slots let a second one speak for a relay whose slot was lost, and
-- let a forgotten one hold partitions for ever.
CREATE OR REPLACE FUNCTION drop_relayed_outbox_partitions() RETURNS TABLE (partition text, outcome text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  confirmed pg_lsn;
  retired outbox_retired;
BEGIN
  IF NOT take_janitor_turn() THEN
    RETURN;
  END IF;
  SELECT confirmed_flush_lsn INTO confirmed FROM pg_replication_slots
  WHERE slot_name = 'orderline_outbox' AND database = current_database() AND wal_status <> 'lost';
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
