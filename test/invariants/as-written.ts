import { expect, inject } from 'vitest';
import { projectionsOf, stackPlaces, type Place } from './projectors.ts';
import { query } from './query.ts';

/**
 * What each read model should hold, told by the event table alone and in SQL, so that no code of the read side is believed.
 * Orders first stored in an older schema never were on the topic.
 */
const history = `
  WITH status_of (type, status) AS (VALUES
    ('OrderCreated', 'Created'), ('OrderConfirmed', 'Confirmed'), ('OrderPreparing', 'Preparing'), ('OrderReady', 'Ready'),
    ('OrderOutForDelivery', 'OutForDelivery'), ('OrderDelivered', 'Delivered'), ('OrderCancelled', 'Cancelled')),
  e AS (
    SELECT event.*, status, (recorded_at AT TIME ZONE 'UTC')::date AS day, (data->>'amountMinor')::bigint AS amount,
      created.restaurant_id, created.day AS created_day
    FROM event LEFT JOIN status_of USING (type) JOIN (
      SELECT order_id, data->>'restaurantId' AS restaurant_id, (recorded_at AT TIME ZONE 'UTC')::date AS day
      FROM event WHERE version = 1 AND schema_version = 3) created USING (order_id)),
  change AS (
    SELECT order_id, restaurant_id, created_day, status, recorded_at AS since,
      lag(status) OVER one_order AS before, lead(recorded_at) OVER one_order AS until
    FROM e WHERE status IS NOT NULL WINDOW one_order AS (PARTITION BY order_id ORDER BY version)),
  summary AS (
    SELECT order_id, max(version) AS version,
      (array_agg(status ORDER BY version DESC) FILTER (WHERE status IS NOT NULL))[1] AS status,
      min(data->>'customerId') AS customer_id, min(restaurant_id) AS restaurant_id, min(data->>'currency') AS currency,
      (array_agg((data->>'totalMinor')::bigint ORDER BY version DESC) FILTER (WHERE data ? 'totalMinor'))[1] AS total_minor,
      coalesce(sum(amount) FILTER (WHERE type = 'PaymentReceived'), 0)::bigint AS paid_minor,
      coalesce(sum(amount) FILTER (WHERE type = 'PaymentRefunded'), 0)::bigint AS refunded_minor,
      sum(CASE type
        WHEN 'OrderCreated' THEN (SELECT sum((item->>'quantity')::integer) FROM jsonb_array_elements(data->'items') item)
        WHEN 'OrderItemAdded' THEN (data->>'quantity')::integer
        WHEN 'OrderItemRemoved' THEN -(data->>'quantity')::integer ELSE 0 END)::integer AS item_count,
      min(recorded_at) AS created_at, max(recorded_at) AS updated_at
    FROM e GROUP BY order_id)`;

const count = (status: string, name = status.toLowerCase()): string =>
  `count(*) FILTER (WHERE status = '${status}') AS ${name}`;

const expected: Record<string, string> = {
  order_summary: 'SELECT * FROM summary',
  customer_order: 'SELECT * FROM summary',
  open_order: `
    SELECT s.order_id, s.restaurant_id, s.version, s.status, c.since, s.created_at,
      (p.data->>'estimatedReadyAt')::timestamptz AS estimated_ready_at
    FROM summary s JOIN change c ON c.order_id = s.order_id AND c.until IS NULL
      LEFT JOIN e p ON p.order_id = s.order_id AND p.type = 'OrderPreparing'
    WHERE s.status NOT IN ('Delivered', 'Cancelled')`,
  restaurant_day: `
    SELECT restaurant_id, day, ${count('Created')}, ${count('Delivered')}, ${count('Cancelled')}
    FROM e WHERE status IN ('Created', 'Delivered', 'Cancelled') GROUP BY restaurant_id, day`,
  restaurant_revenue: `
    SELECT restaurant_id, day, data->>'currency' AS currency,
      sum(CASE type WHEN 'PaymentReceived' THEN amount ELSE -amount END)::bigint AS net_minor
    FROM e WHERE amount IS NOT NULL GROUP BY restaurant_id, day, 3`,
  preparation: `
    SELECT p.order_id, p.restaurant_id, p.since AS preparing_at, (r.since AT TIME ZONE 'UTC')::date AS ready_day,
      round(extract(epoch FROM r.since - p.since))::integer AS seconds
    FROM change p LEFT JOIN change r ON r.order_id = p.order_id AND r.status = 'Ready'
    WHERE p.status = 'Preparing' AND NOT EXISTS (SELECT FROM change x WHERE x.order_id = p.order_id AND x.status = 'Cancelled')`,
  revenue: `
    SELECT day, data->>'currency' AS currency,
      coalesce(sum(amount) FILTER (WHERE type = 'PaymentReceived'), 0)::bigint AS received_minor,
      coalesce(sum(amount) FILTER (WHERE type = 'PaymentRefunded'), 0)::bigint AS refunded_minor
    FROM e WHERE amount IS NOT NULL GROUP BY day, 2`,
  funnel: `
    SELECT created_day AS day, ${count('Created')}, ${count('Confirmed')}, ${count('Preparing')}, ${count('Ready')},
      ${count('OutForDelivery', 'out_for_delivery')}, ${count('Delivered')}, ${count('Cancelled')}
    FROM change GROUP BY 1`,
  status_flow: `
    SELECT grain, date_trunc(grain, since, 'UTC') AS starts_at, flow.status, sum(flow.net)::bigint AS net
    FROM change CROSS JOIN (VALUES ('day'), ('minute')) AS g (grain)
      CROSS JOIN LATERAL (VALUES (status, 1), (before, -1)) AS flow (status, net)
    WHERE flow.status IS NOT NULL GROUP BY 1, 2, 3`,
  status_interval: 'SELECT order_id, status, since, until FROM change',
};

/** Nothing is known of how many rows these steps have, and a guess of few makes the joins quadratic. */
const hashed = '-c enable_nestloop=off';

type Line = { line: string };

const written = async (table: string): Promise<string[]> =>
  (
    await query<Line>(
      inject('stack').ordersUrl,
      `${history} SELECT to_jsonb(r)::text AS line FROM (${expected[table] ?? ''}) r`,
      [],
      hashed,
    )
  ).map(({ line }) => line);

/** The rows of one generation of a projection, each as JSON text, in no order. */
export const shownRows = async (databaseUrl: string, table: string, generation: string): Promise<string[]> =>
  (
    await query<Line>(
      databaseUrl,
      `SELECT (to_jsonb(t) - 'generation')::text AS line FROM ${table} t WHERE generation = (${generation})`,
    )
  ).map(({ line }) => line);

const withoutThose = (lines: string[], others: string[]): string[] => {
  const there = new Set(others);
  return lines.filter((line) => !there.has(line)).slice(0, 5);
};

/** Rows of a table that the event table tells and the serving generation has not (the first five), and the other way about. */
export const differences = async (
  databaseUrl: string,
  projection: string,
  table: string,
): Promise<{ missing: string[]; wrong: string[] }> => {
  const should = await written(table);
  const shown = await shownRows(databaseUrl, table, `SELECT serving_generation('${projection}')`);
  return { missing: withoutThose(should, shown), wrong: withoutThose(shown, should) };
};

/** Row by row, every column, both ways. What is asked must be at rest. */
export const expectAsWritten = async (places: readonly Place[] = stackPlaces()): Promise<void> => {
  for (const { name, databaseUrl } of places) {
    for (const [projection, table] of projectionsOf(name)) {
      const found = await differences(databaseUrl, projection, table);
      expect(found, `${projection} of ${name} against the event table`).toEqual({ missing: [], wrong: [] });
    }
  }
};
