import type { Pool } from '@orderline/postgres';
import { sampleMetadata } from '../orders/sample-order.ts';

export const monthsOfOrders = 60;
export const eventsOfOrder = 4;
/** About what a row takes with its part of the index. */
export const bytesPerRow = 640;

/** The id of the nth order of a month, of so many; months count from the present one, those before it share a partition. */
export const orderOfMonth = `
CREATE FUNCTION bench_order(month int, nth bigint, orders bigint) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
RETURN overlay(
  uuid_floor(
    date_trunc('month', now(), 'UTC') + make_interval(months => month) + interval '28 days' * (nth::float8 / orders)
  )::text
  PLACING '7' || substr(md5(month || '/' || nth), 1, 3) || '-8' || substr(md5(month || '/' || nth), 4, 3) || '-'
    || substr(md5(month || '/' || nth), 7, 12)
  FROM 15
)::uuid`;

/** A partition of the event table with `eventsOfOrder` events of each order: rows, then the index at once, vacuumed. */
export const fillMonth = async (admin: Pool, month: number, orders: number): Promise<void> => {
  const start = `(date_trunc('month', now(), 'UTC') + make_interval(months => ${month}))`;
  const { rows } = await admin.query<{ name: string; low: string; high: string }>(
    `SELECT 'event_' || to_char(${start} AT TIME ZONE 'UTC', 'YYYY_MM') AS name, uuid_floor(${start}) AS low,
       uuid_floor(${start} + interval '1 month') AS high`,
  );
  const { name = '', low = '', high = '' } = rows[0] ?? {};
  await admin.query(`DROP TABLE IF EXISTS ${name}`);
  // One transaction: only then does the server keep no log of the rows.
  await admin.query(`BEGIN;
    CREATE TABLE ${name} (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
    INSERT INTO ${name}
      SELECT id, version, uuidv7(), 'OrderUpdated', 3,
        jsonb_build_object('deliveryAddress', jsonb_build_object('keyId', NULL, 'value', 'Long Street ' || nth), 'notes', NULL),
        '${JSON.stringify(sampleMetadata)}', now(), sha256(convert_to(nth::text, 'UTF8'))
      FROM (SELECT nth, bench_order(${month}, nth, ${orders}) AS id FROM generate_series(0, ${orders - 1}) nth OFFSET 0) o,
        generate_series(1, ${eventsOfOrder}) version;
    ALTER TABLE ${name} ADD PRIMARY KEY (order_id, version);
    COMMIT`);
  await admin.query(`VACUUM (FREEZE, ANALYZE) ${name}`);
  await admin.query(`ALTER TABLE event ATTACH PARTITION ${name} FOR VALUES FROM ('${low}') TO ('${high}')`);
};
