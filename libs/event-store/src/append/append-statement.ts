/** What the requests of a flush have beside an event each; what none has is left out of the statement. */
export type AppendExtent = { readonly several: boolean; readonly receipts: boolean; readonly snapshots: boolean };

/**
 * Appends of several orders in one statement, all or nothing each. An order wins when the row at its expected version is
 * there (or none is expected) and its first new row goes in: that unique key is the lock, at which racers wait for each
 * other, in the order of their ids so that they never deadlock. Only then follow the rest of its events, its outbox
 * rows, its receipt and its snapshot. Answers with a row for every order that won and one for every receipt that was
 * already there; an order with neither lost its version.
 *
 * Every part costs a lone append as it is set up, used or not; without the three that are rarely used it takes a fifth less.
 */
export const appendStatement = (extent: AppendExtent): { name: string; text: string } => {
  const { several, receipts, snapshots } = extent;
  const name = `append${several ? '_several' : ''}${receipts ? '_receipts' : ''}${snapshots ? '_snapshots' : ''}`;
  const text = texts.get(name) ?? textOf(extent);
  texts.set(name, text);
  return { name, text };
};

const texts = new Map<string, string>();

const textOf = ({ several, receipts, snapshots }: AppendExtent): string => `
WITH${several ? ' RECURSIVE' : ''} new_event AS MATERIALIZED (
  SELECT *
  FROM unnest(
    $1::uuid[], $2::int[], $3::int[], $4::uuid[], $5::text[], $6::int[], $7::jsonb[], $8::jsonb[], $9::bytea[], $10::text[]
  ) AS e (order_id, version, nth, event_id, type, schema_version, data, metadata, payload, ce_type)
),
${receipts ? receiptsThere : ''}chain AS (
  SELECT e.*, p.recorded_at,
    event_hash(p.hash, ROW(
      e.order_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, p.recorded_at, NULL
    )::event) AS hash
  FROM new_event e
  CROSS JOIN LATERAL (
    SELECT b.hash, greatest(date_trunc('milliseconds', now()), b.recorded_at + interval '1 ms') AS recorded_at
    FROM event_position(e.order_id, nullif(e.version - 1, 0)) b
    OFFSET 0
  ) p
  WHERE e.nth = 1
    AND (e.version = 1 OR p.hash IS NOT NULL)${receipts ? notClaimed : ''}
${several ? eventsAfter : ''}),
won AS (
  INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
  SELECT order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash
  FROM chain
  WHERE nth = 1
  ORDER BY order_id
  ON CONFLICT (order_id, version) DO NOTHING
  RETURNING order_id, recorded_at
),
${several ? restOfEvents : ''}relayed AS (
  INSERT INTO outbox (
    event_id, route, message_key, payload, recorded_at, ce_specversion, ce_id, ce_source, ce_type, ce_subject, ce_time,
    content_type, event_type, event_version, correlation_id, traceparent
  )
  SELECT
    c.event_id, 'orders', c.order_id, c.payload, c.recorded_at AT TIME ZONE 'UTC',
    '1.0', c.event_id, '/orderline/order-command', c.ce_type, c.order_id,
    to_char(c.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'application/avro', c.type, c.version, c.metadata->>'correlationId', c.metadata->>'traceparent'
  FROM chain c
  WHERE c.order_id IN (SELECT order_id FROM won)
  ORDER BY c.order_id, c.version
)${receipts ? keptReceipts : ''}${snapshots ? keptSnapshots(receipts ? 16 : 11) : ''}
SELECT order_id AS "orderId", (extract(epoch FROM recorded_at) * 1000)::float8 AS "recordedAt",
  NULL AS key, NULL AS "receiptOrderId", NULL AS version, NULL AS status, NULL AS fingerprint
FROM won${receipts ? receiptRows : ''}`;

const receiptsThere = `new_receipt AS MATERIALIZED (
  SELECT * FROM unnest($11::uuid[], $12::int[], $13::text[], $14::text[], $15::int[])
    AS r (order_id, version, key, fingerprint, status)
),
-- First of all and in an order of their own: who holds a key waits for nobody's order until it holds all of its keys.
receipt_there AS MATERIALIZED (
  SELECT r.order_id AS claimant, c.*
  FROM (SELECT order_id, key FROM new_receipt ORDER BY hashtextextended(key, 0)) r
  CROSS JOIN LATERAL claim_receipt(r.key) c
),
`;

const notClaimed = `
    AND e.order_id NOT IN (SELECT claimant FROM receipt_there)`;

const eventsAfter = `  UNION ALL
  SELECT e.*, p.recorded_at,
    event_hash(c.hash, ROW(
      e.order_id, e.version, e.event_id, e.type, e.schema_version, e.data, e.metadata, p.recorded_at, NULL
    )::event)
  FROM chain c
  JOIN new_event e ON e.order_id = c.order_id AND e.nth = c.nth + 1
  CROSS JOIN LATERAL (SELECT c.recorded_at + interval '1 ms' AS recorded_at OFFSET 0) p
`;

const restOfEvents = `rest AS (
  INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
  SELECT order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash
  FROM chain
  WHERE nth > 1 AND order_id IN (SELECT order_id FROM won)
),
`;

const keptReceipts = `,
kept_receipt AS (
  INSERT INTO receipt (key, day, order_id, version, status, fingerprint, recorded_at)
  SELECT key, (now() AT TIME ZONE 'UTC')::date, order_id, version, status, fingerprint, now()
  FROM new_receipt
  WHERE order_id IN (SELECT order_id FROM won)
)`;

/** Its parameters come last; `first` is the number of the first of them. */
const keptSnapshots = (first: number): string => `,
kept_snapshot AS (
  INSERT INTO snapshot (order_id, fingerprint, version, recorded_at, state)
  SELECT s.order_id, s.fingerprint, s.version, c.recorded_at, s.state
  FROM unnest($${first}::uuid[], $${first + 1}::int[], $${first + 2}::text[], $${first + 3}::jsonb[])
    AS s (order_id, version, fingerprint, state)
  JOIN chain c USING (order_id, version)
  WHERE s.order_id IN (SELECT order_id FROM won)
)`;

const receiptRows = `
UNION ALL
SELECT claimant, NULL, key, order_id, version, status, fingerprint FROM receipt_there`;

/** A row of the statement's answer: `recordedAt` (of the first event, epoch milliseconds) when it won, else its receipt. */
export type AppendRow =
  | { readonly orderId: string; readonly recordedAt: number }
  | {
      readonly orderId: string;
      readonly recordedAt: null;
      readonly key: string;
      readonly receiptOrderId: string;
      readonly version: number;
      readonly status: number;
      readonly fingerprint: string;
    };
