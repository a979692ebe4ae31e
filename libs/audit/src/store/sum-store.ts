import type { Queryable } from '@orderline/postgres';
import { bucketSql, chainSql, contentSql, digestSql, headSql } from './event-sql.ts';

/** What the store has of the orders of one time bucket. */
export type StoreBucket = {
  readonly bucket: string;
  readonly events: number;
  readonly orders: number;
  /** Exclusive or over the digests of all events, as signed 64 bits. */
  readonly digest: bigint;
  /** The same over order id, version and event id of every order's newest event. */
  readonly heads: bigint;
  /** Events whose hash, version or time does not follow from the event before. */
  readonly unsound: number;
};

type Row = [bucket: string, events: number, orders: number, digest: string, heads: string, unsound: number];

/** Not sound where the version is not the next, the time not later, or the hash not that of the row. */
export const soundSql = `version = coalesce(previous_version, 0) + 1
  AND recorded_at > coalesce(previous_time, '-infinity') AND hash = ${chainSql}`;

export const chainedSql = (condition: string): string => `
  SELECT event.*, lag(version) OVER one_order AS previous_version, lag(hash) OVER one_order AS previous_hash,
    lag(recorded_at) OVER one_order AS previous_time, lead(version) OVER one_order IS NULL AS newest
  FROM event ${condition} WINDOW one_order AS (PARTITION BY order_id ORDER BY version)`;

const statement = `
  SELECT bucket, count(*)::integer, (count(*) FILTER (WHERE newest))::integer, bit_xor(digest)::text,
    bit_xor(head)::text, (count(*) FILTER (WHERE sound IS NOT TRUE))::integer
  FROM (
    SELECT ${bucketSql} AS bucket, newest, ${digestSql(contentSql)} AS digest,
      CASE WHEN newest THEN ${headSql} ELSE 0 END AS head,
      ${soundSql} AS sound
    FROM (${chainedSql('')}) chained) digested
  GROUP BY bucket`;

/** One pass over all events; the work is done where they are. */
export const sumStore = async (store: Queryable): Promise<Map<string, StoreBucket>> => {
  const { rows } = await store.query<Row>({ text: statement, rowMode: 'array' });
  return new Map(
    rows.map(([bucket, events, orders, digest, heads, unsound]) => [
      bucket,
      { bucket, events, orders, digest: BigInt(digest), heads: BigInt(heads), unsound },
    ]),
  );
};
