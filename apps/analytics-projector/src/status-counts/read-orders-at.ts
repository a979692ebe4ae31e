import type { Queryable } from '@orderline/postgres';
import type { Position } from '@orderline/read-models';
import type { Status } from './status.ts';

export type OrderSince = { readonly orderId: string; readonly since: Date };

// Two halves with an index each: intervals that are open, newest first, and ranges of those that have ended. The ranges are
// looked up on their own: with order and limit beside them, a plan for any instant walks the intervals from the newest one.
const text = `
  WITH ended AS MATERIALIZED (
    SELECT order_id, since FROM status_interval
    WHERE generation = serving_generation('status-intervals') AND status = $2 AND until IS NOT NULL
      AND tstzrange(since, until) @> $1::timestamptz
  )
  SELECT order_id AS "orderId", since FROM (
    (SELECT order_id, since FROM status_interval
      WHERE generation = serving_generation('status-intervals') AND status = $2 AND until IS NULL
        AND (since, order_id) < ($3::timestamptz, $4::uuid)
      ORDER BY since DESC, order_id DESC LIMIT $5)
    UNION ALL
    SELECT order_id, since FROM ended WHERE (since, order_id) < ($3::timestamptz, $4::uuid)
  ) AS held
  ORDER BY since DESC, order_id DESC LIMIT $5`;

type Wanted = {
  /** An instant, or 'infinity' for those that have the status as far as is known. */
  readonly at: string;
  readonly status: Status;
  readonly after: Position | undefined;
  readonly limit: number;
};

/** The orders that had a status at an instant, those that had it for the shortest time first. */
export const readOrdersAt = async (client: Queryable, wanted: Wanted): Promise<OrderSince[]> => {
  const { at, status, limit } = wanted;
  const start = startOf(wanted);
  const values = [at, status, start.at, start.orderId, limit];
  const { rows } = await client.query<OrderSince>({ name: 'orders-at', text, values });
  return rows;
};

/** One bound for page and instant together, since an index scan begins at one bound only. Texts compare as their instants do. */
const startOf = ({ at, after }: Wanted): Position =>
  after === undefined || after.at > at ? { at, orderId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' } : after;
