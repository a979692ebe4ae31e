-- Makes partitions (0006 drops them). These functions run as the owner, so that the roles that call them need no right to DDL;
-- each does one thing by a rule that its caller cannot bend. A short lock_timeout, since an append waits behind them.

-- The smallest UUIDv7 of an instant: its first 48 bits are epoch milliseconds.
CREATE FUNCTION uuid_floor(at timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- Attaches a new partition for [low, high), unless it is there. Attaching, unlike CREATE TABLE … PARTITION OF, lets
-- appends go on. Row triggers come with the parent; TRUNCATE triggers do not, so every partition gets its own.
-- False also when the default partition holds rows of the range, or a lock was not to be had: the next run tries again.
CREATE FUNCTION make_partition(parent regclass, name text, low text, high text) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
BEGIN
  IF to_regclass(name) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
  EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', parent, name, low, high);
  PERFORM guard_against_truncate(name::regclass);
  RETURN true;
EXCEPTION
  WHEN check_violation OR lock_not_available THEN
    RETURN false;
END
$$;

CREATE FUNCTION guard_against_truncate(target regclass) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER rows_stay BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER rows_stay', target);
END
$$;

-- A month of orders each, up to and with the month of `until`.
CREATE FUNCTION make_event_partitions(until timestamptz) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  month timestamptz;
  name text;
BEGIN
  FOR month IN SELECT generate_series(date_trunc('month', now()), until, '1 month') LOOP
    name := 'event_' || to_char(month, 'YYYY_MM');
    IF make_partition('event', name, quote_literal(uuid_floor(month)), quote_literal(uuid_floor(month + interval '1 month'))) THEN
      RETURN NEXT name;
    END IF;
  END LOOP;
END
$$;

-- A day each of `outbox` or `receipt`, up to and with the day of `until`.
CREATE FUNCTION make_daily_partitions(parent regclass, until date) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  day date;
  name text;
BEGIN
  FOR day IN SELECT generate_series(current_date, until, '1 day')::date LOOP
    name := parent::text || '_' || to_char(day, 'YYYY_MM_DD');
    IF make_partition(parent, name, quote_literal(day), quote_literal(day + 1)) THEN
      RETURN NEXT name;
    END IF;
  END LOOP;
END
$$;

-- What a clock that was stepped lands in, and ids that are no UUIDv7 of our time. Rows in it are for a person to look at.
CREATE TABLE event_default PARTITION OF event DEFAULT;
CREATE TABLE outbox_default PARTITION OF outbox DEFAULT;
CREATE TABLE receipt_default PARTITION OF receipt DEFAULT;
SELECT guard_against_truncate(guarded)
FROM unnest(ARRAY['event', 'event_default', 'outbox', 'outbox_default', 'receipt', 'receipt_default']::regclass[]) guarded;

CREATE FUNCTION make_partitions_ahead() RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('orderline partitions', 0));
  RETURN QUERY SELECT make_event_partitions(now() + interval '3 months');
  RETURN QUERY SELECT make_daily_partitions('outbox', current_date + 7);
  RETURN QUERY SELECT make_daily_partitions('receipt', current_date + 7);
END
$$;

-- Orders older than this database, such as imported ones.
CREATE FUNCTION make_past_event_partition() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  PERFORM make_partition('event', 'event_before', 'MINVALUE', quote_literal(uuid_floor(date_trunc('month', now()))));
END
$$;
SELECT make_past_event_partition();
DROP FUNCTION make_past_event_partition();
SELECT make_partitions_ahead();
