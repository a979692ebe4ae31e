import type { Queryable } from '@orderline/postgres';

/** An event's columns as they went into its hash; `data` and `metadata` are jsonb's own text. */
export type ChainedEvent = {
  readonly orderId: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
  readonly data: string;
  readonly metadata: string;
  readonly hash: Buffer;
};

const statement = {
  name: 'read_chain',
  text: `
SELECT order_id AS "orderId", version, event_id AS "eventId", type, schema_version AS "schemaVersion",
  (extract(epoch FROM recorded_at) * 1000)::float8 AS "recordedAt", data::text AS data, metadata::text AS metadata, hash
FROM event
WHERE order_id = $1
ORDER BY version`,
};

/** All events of an order, oldest first, as `verifyHashChain` takes them. */
export const readChain = async (queryable: Queryable, orderId: string): Promise<ChainedEvent[]> => {
  const { rows } = await queryable.query<ChainedEvent>({ ...statement, values: [orderId] });
  return rows;
};
