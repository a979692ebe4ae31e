import type { Queryable } from '@orderline/postgres';
import { contentSql, digestSql, olderShape } from './event-sql.ts';
import { chainedSql, soundSql } from './sum-store.ts';

export type StoredVersion = {
  readonly orderId: string;
  readonly version: number;
  readonly eventId: string;
  /** Of what the record on the topic must show, as signed 64 bits. */
  readonly digest: bigint;
  readonly sound: boolean;
  /** Stored in a shape before the present one. */
  readonly older: boolean;
};

type Row = [orderId: string, version: number, eventId: string, digest: string, sound: boolean, older: boolean];

const readWhere = async (store: Queryable, condition: string, values: readonly unknown[]): Promise<StoredVersion[]> => {
  const { rows } = await store.query<Row>({
    text: `SELECT order_id, version, event_id, ${digestSql(contentSql)}::text, ${soundSql}, ${olderShape}
      FROM (${chainedSql(condition)}) chained ORDER BY order_id, version`,
    values: [...values],
    rowMode: 'array',
  });
  return rows.map(([orderId, version, eventId, digest, sound, older]) => ({
    orderId,
    version,
    eventId,
    digest: BigInt(digest),
    sound,
    older,
  }));
};

/** All events of the orders of one time bucket, by order and version. */
export const readStoredBucket = (store: Queryable, bucket: string): Promise<StoredVersion[]> =>
  readWhere(store, 'WHERE order_id BETWEEN $1::uuid AND $2::uuid', bucketRange(bucket));

/** All events of these orders, by order and version. */
export const readStoredOrders = (store: Queryable, orderIds: readonly string[]): Promise<StoredVersion[]> =>
  readWhere(store, 'WHERE order_id = ANY ($1::uuid[])', [orderIds]);

/** The first and the last order id that a time bucket may hold. */
export const bucketRange = (bucket: string): [first: string, last: string] => [
  `${bucket}-0000-0000-0000-000000000000`,
  `${bucket}-ffff-ffff-ffff-ffffffffffff`,
];

export const bucketOf = (orderId: string): string => orderId.slice(0, bucketLength);
const bucketLength = 8;
