import type { Queryable } from '@orderline/postgres';
import { statuses } from '@orderline/read-models';
import type { Status } from './status.ts';

// Whole days before, whole minutes of the day, and the minute itself from the intervals: a constant amount of work a day,
// however old the instant. Both kinds of rows are written in one transaction and read in one snapshot.
const text = `
  WITH asked AS MATERIALIZED (
    SELECT $1::timestamptz AS at, date_trunc('day', $1::timestamptz, 'UTC') AS day, date_trunc('minute', $1::timestamptz) AS minute
  )
  SELECT status, sum(net) AS orders FROM (
    SELECT status, net FROM status_flow, asked
      WHERE generation = serving_generation('status-flow') AND grain = 'day' AND starts_at < day
    UNION ALL
    SELECT status, net FROM status_flow, asked
      WHERE generation = serving_generation('status-flow') AND grain = 'minute' AND starts_at >= day AND starts_at < minute
    UNION ALL
    SELECT status, 1 FROM status_interval, asked
      WHERE generation = serving_generation('status-intervals') AND since >= minute AND since <= at
    UNION ALL
    SELECT status, -1 FROM status_interval, asked
      WHERE generation = serving_generation('status-intervals') AND until >= minute AND until <= at
  ) AS change
  GROUP BY status`;

/** How many orders had each status at `at` (an instant, or 'infinity' for all that is known), exact to the millisecond. */
export const readCounts = async (client: Queryable, at: string): Promise<Record<Status, number>> => {
  const { rows } = await client.query<{ status: Status; orders: string }>({ name: 'counts', text, values: [at] });
  const found = new Map(rows.map(({ status, orders }) => [status, Number(orders)]));
  return Object.fromEntries(statuses.map((status) => [status, found.get(status) ?? 0])) as Record<Status, number>;
};
