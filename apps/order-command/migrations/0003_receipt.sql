-- What a request with an Idempotency-Key led to; found again for 24 hours, then dropped with its day's partition.
CREATE TABLE receipt (
  key varchar(255) NOT NULL,
  day date NOT NULL,
  order_id uuid NOT NULL,
  version int NOT NULL,
  status smallint NOT NULL,
  fingerprint varchar(100) NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  PRIMARY KEY (key, day),
  CONSTRAINT receipt_is_of_a_success CHECK (status BETWEEN 200 AND 299)
) PARTITION BY RANGE (day);

-- Claims a key for this transaction and answers with its receipt, if there is one. A racing twin waits here for the
-- commit of the first and then sees its receipt, also across midnight, where (key, day) alone would let both through:
-- the function is volatile, so its query has a snapshot of its own, taken after the wait.
CREATE FUNCTION claim_receipt(wanted varchar) RETURNS SETOF receipt
LANGUAGE plpgsql VOLATILE STRICT ROWS 1 AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(wanted, 0));
  RETURN QUERY
    SELECT * FROM receipt r
    WHERE r.key = wanted
      AND r.day >= (now() AT TIME ZONE 'UTC')::date - 1
      AND r.recorded_at > now() - interval '24 hours'
    ORDER BY r.recorded_at DESC
    LIMIT 1;
END
$$;
