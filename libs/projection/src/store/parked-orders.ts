import type { Queryable } from '@orderline/postgres';
import type { TopicRecord } from '../feed/consumer-port.ts';

/** An order that is parked in one projection, as `GET /parked` shows it: the record at the head and how many wait behind. */
export type ParkedOrder = {
  readonly orderId: string;
  readonly projection: string;
  /** 0 where the record does not say. */
  readonly version: number;
  readonly reason: string;
  readonly since: Date;
  readonly waiting: number;
  readonly partition: number;
  readonly offset: number;
};

export type ParkedAfter = { readonly since: Date; readonly orderId: string; readonly projection: string };

/** Newest first. Where an order is parked in two generations of a projection, the serving one's is shown. */
export const listParked = async (
  client: Queryable,
  { after, limit }: { after: ParkedAfter | undefined; limit: number },
): Promise<ParkedOrder[]> => {
  const { rows } = await client.query<ParkedOrder>(
    `WITH head AS (
       SELECT DISTINCT ON (g.projection, p.order_id) p.generation, g.projection, p.order_id, p.version, p.reason,
         p.parked_at, p.partition, p.topic_offset
       FROM projection_parked p JOIN projection_generation g USING (generation) WHERE p.reason IS NOT NULL
       ORDER BY g.projection, p.order_id, g.state <> 'serving', p.parked_at, p.topic_offset)
     SELECT order_id AS "orderId", projection, coalesce(version, 0) AS version, reason, parked_at AS since,
       (SELECT count(*) - 1 FROM projection_parked w WHERE w.generation = head.generation AND w.order_id = head.order_id)::integer AS waiting,
       partition, topic_offset::float8 AS offset
     FROM head WHERE $1::timestamptz IS NULL OR (date_trunc('milliseconds', parked_at), order_id, projection) < ($1, $2, $3)
     ORDER BY date_trunc('milliseconds', parked_at) DESC, order_id DESC, projection DESC LIMIT $4`,
    [after?.since ?? null, after?.orderId ?? null, after?.projection ?? null, limit],
  );
  return rows;
};

export type ParkedQueue = { readonly generation: number; readonly projection: string; readonly partition: number };

/** Where an order is parked: a queue per generation. */
export const queuesOf = async (client: Queryable, orderId: string): Promise<ParkedQueue[]> => {
  // No text in PostgreSQL holds NUL, not even one that is asked about.
  if (orderId.includes('\0')) return [];
  const { rows } = await client.query<ParkedQueue>(
    `SELECT DISTINCT p.generation, g.projection, p.partition
     FROM projection_parked p JOIN projection_generation g USING (generation) WHERE p.order_id = $1
     ORDER BY p.generation, p.partition`,
    [orderId],
  );
  return rows;
};

export type ParkedRecord = {
  readonly record: TopicRecord;
  readonly version: number | null;
  readonly eventId: string | null;
  /** Null while it only waits behind another. */
  readonly reason: string | null;
  readonly parkedAt: Date;
};

type StoredRecord = Omit<ParkedRecord, 'record'> & {
  partition: number;
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
  recordedAt: Date;
};

/** An order's queue lies in the partition of its records. */
export type QueuePlace = { readonly orderId: string; readonly partition: number };

// Each order by itself, or the planner would read the queues of all orders for a list of some.
const queuesAt = (columns: string): string => `
  SELECT ${columns} FROM unnest($2::text[], $3::integer[]) AS wanted (order_id, partition)
  CROSS JOIN LATERAL (SELECT q.* FROM projection_parked q
    WHERE q.generation = $1 AND q.order_id = wanted.order_id AND q.partition = wanted.partition OFFSET 0) p`;

const valuesOf = (generation: number, places: readonly QueuePlace[]): unknown[] => [
  generation,
  places.map(({ orderId }) => orderId),
  places.map(({ partition }) => partition),
];

/**
 * The queues of these orders, one statement, oldest first: by version, then by offset, so that a missing event that came
 * later goes before those that waited for it.
 */
export const readQueues = async (
  client: Queryable,
  generation: number,
  places: readonly QueuePlace[],
): Promise<Map<string, ParkedRecord[]>> => {
  const { rows } = await client.query<StoredRecord & { orderId: string }>(
    `${queuesAt(`p.order_id AS "orderId", p.partition, topic_offset AS offset, version, event_id AS "eventId", reason,
      parked_at AS "parkedAt", record_key AS key, record_value AS value, headers, recorded_at AS "recordedAt"`)}
     ORDER BY coalesce(version, 0), topic_offset`,
    valuesOf(generation, places),
  );
  const queues = new Map<string, ParkedRecord[]>();
  for (const { orderId, partition, offset, key, value, headers, recordedAt, ...row } of rows) {
    const record = { partition, offset: BigInt(offset), key, value, headers, timestamp: recordedAt.getTime() };
    const queue = queues.get(orderId);
    if (queue === undefined) queues.set(orderId, [{ ...row, record }]);
    else queue.push({ ...row, record });
  }
  return queues;
};

/** Empties queues. Whatever is not to be lost has to be applied or parked again in the same transaction. */
export const clearQueues = async (
  client: Queryable,
  generation: number,
  places: readonly QueuePlace[],
): Promise<void> => {
  await client.query(
    `DELETE FROM projection_parked WHERE (generation, partition, topic_offset) IN (${queuesAt('p.generation, p.partition, p.topic_offset')})`,
    valuesOf(generation, places),
  );
};

/** Keeps a copy of a parked record that a person gives up, with the reason. */
export const keepDiscarded = async (
  client: Queryable,
  { generation, projection, partition }: ParkedQueue,
  { offset, reason }: { offset: bigint; reason: string },
): Promise<void> => {
  await client.query(
    `INSERT INTO projection_discarded SELECT p.*, $4, $5 FROM projection_parked p
     WHERE generation = $1 AND partition = $2 AND topic_offset = $3`,
    [generation, partition, String(offset), projection, reason],
  );
};
