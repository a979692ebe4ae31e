import type { ReadModel } from './read-model.ts';

/** What one projection keeps to know an event again, as the mean over those of the app. */
export const deduplicationState = async ({ pool }: ReadModel, events: number): Promise<Map<string, number>> => {
  const { rows } = await pool.query<{ rows: number; orders: number; bytes: number; generations: number }>(
    `SELECT count(*)::float8 AS rows, count(DISTINCT order_id)::float8 AS orders,
       (SELECT count(*)::float8 FROM projection_generation) AS generations,
       (SELECT sum(pg_total_relation_size(inhrelid))::float8 FROM pg_inherits WHERE inhparent = 'projection_order'::regclass)
         AS bytes
     FROM projection_order`,
  );
  const { rows: count, orders, bytes, generations } = rows[0] ?? { rows: 0, orders: 1, bytes: 0, generations: 1 };
  const perProjection = count / generations;
  return new Map([
    ['rows per order', perProjection / orders],
    ['rows per event', perProjection / events],
    ['bytes per order, with its index', bytes / generations / orders],
    ['bytes per event, with its index', bytes / generations / events],
  ]);
};
