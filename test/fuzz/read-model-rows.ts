import { projectionsOf, projectors, type ProjectorName } from '../invariants/projectors.ts';
import { query } from '../invariants/query.ts';

const order = `('019c1c2e-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`;
const status = `(ARRAY['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered', 'Cancelled'])[1 + n % 7]`;
const at = `timestamptz '2026-01-15 14:00:00.250Z' + n / 2 * interval '1 second'`;
const day = `date '2026-01-15' + n`;
const summary = `${order}, 3, ${status}, 'c-' || n % 3, 'r-' || n % 3, 'EUR', 1250, 1000, 50, n, ${at}, ${at}`;

const rows: Readonly<Record<string, string>> = {
  order_summary: summary,
  customer_order: summary,
  open_order: `${order}, 'r-' || n % 3, 3, (ARRAY['Created', 'Ready'])[1 + n % 2], ${at}, ${at}, ${at}`,
  restaurant_day: `'r-1', ${day}, n, n, 0`,
  restaurant_revenue: `'r-1', ${day}, 'JPY', n * 100`,
  preparation: `${order}, 'r-1', ${at}, date '2026-01-15', n`,
  revenue: `${day}, 'KWD', n * 1000, n`,
  funnel: `${day}, 7, 6, 5, 4, 3, 2, 1`,
  status_flow: `'day', timestamptz '2026-01-15Z' + n * interval '1 day', 'Created', n`,
  status_interval: `${order}, ${status}, ${at}, NULL`,
};

export const orderIdOf = (number: number): string => `019c1c2e-0000-7000-8000-${String(number).padStart(12, '0')}`;

/**
 * What a projector may have come to: sixty orders in its read model, and orders that are parked in every projection of
 * it, behind records that nobody can read (61 to 360), one with a key that is no order's, one without a key.
 */
export const fillReadModel = async (databaseUrl: string, name: ProjectorName): Promise<void> => {
  for (const [projection, table] of projectionsOf(name)) {
    const serving = `serving_generation('${projection}')`;
    await query(
      databaseUrl,
      `INSERT INTO ${table} SELECT ${serving}, ${rows[table] ?? ''} FROM generate_series(1, 60) n`,
    );
    await query(
      databaseUrl,
      `INSERT INTO projection_checkpoint (generation, partition, cluster_id, next_offset) VALUES (${serving}, 3, 'spec', 400)`,
    );
    await query(
      databaseUrl,
      `INSERT INTO projection_order (generation, order_id, version, parked) SELECT ${serving}, ${order}, 3, n > 60 FROM generate_series(1, 360) n`,
    );
    await query(
      databaseUrl,
      `INSERT INTO projection_parked (generation, partition, topic_offset, order_id, version, reason, record_key, record_value, headers, recorded_at)
       SELECT ${serving}, 3, n, CASE n WHEN 361 THEN 'unknown' WHEN 362 THEN 'no order/é' ELSE ${order}::text END, 4,
         'It cannot be read.', '\\x61', '\\x67617262616765', '{}', ${at} FROM generate_series(61, 362) n`,
    );
  }
};

export const projectionNames = (name: ProjectorName): string[] => Object.keys(projectors[name].tables);
