import type { Queryable } from '@orderline/postgres';
import { bucketOf, readStoredBucket, readStoredOrders, type StoredVersion } from '../store/read-stored.ts';
import type { StoreBucket } from '../store/sum-store.ts';
import { digestOf, type TopicIndex } from '../topic/topic-index.ts';
import { judgeOrder, type OrderVerdict } from './judge-order.ts';

const nothingStored: Pick<StoreBucket, 'events' | 'digest'> = { events: 0, digest: 0n };

type TopicBucket = { events: number; digest: bigint; orderIds: string[] };

const sumTopic = (index: TopicIndex): Map<string, TopicBucket> => {
  const buckets = new Map<string, TopicBucket>();
  for (const [orderId, { versions }] of index.orders) {
    const name = bucketOf(orderId);
    let bucket = buckets.get(name);
    if (bucket === undefined) buckets.set(name, (bucket = { events: 0, digest: 0n, orderIds: [] }));
    bucket.orderIds.push(orderId);
    for (const version of versions) {
      if (version === undefined) continue;
      bucket.events += 1;
      bucket.digest ^= digestOf(version);
    }
  }
  return buckets;
};

/** By order id, with what was found; only orders that differ, or were never published. */
export type Verdicts = Map<string, OrderVerdict>;

const judgeAll = (orderIds: Iterable<string>, stored: readonly StoredVersion[], index: TopicIndex): Verdicts => {
  const byOrder = Map.groupBy(stored, ({ orderId }) => orderId);
  const verdicts: Verdicts = new Map();
  for (const orderId of new Set([...orderIds, ...byOrder.keys()])) {
    const verdict = judgeOrder(orderId, byOrder.get(orderId) ?? [], index.orders.get(orderId));
    if (verdict.neverPublished || verdict.findings.length > 0) verdicts.set(orderId, verdict);
  }
  return verdicts;
};

/** Compares count and hash of every time bucket, and row by row where they differ. */
export const differingOrders = async (
  store: Queryable,
  stored: ReadonlyMap<string, StoreBucket>,
  index: TopicIndex,
): Promise<Verdicts> => {
  const onTopic = sumTopic(index);
  const verdicts: Verdicts = new Map();
  for (const name of new Set([...stored.keys(), ...onTopic.keys()])) {
    const here = stored.get(name) ?? nothingStored;
    const there = onTopic.get(name) ?? { events: 0, digest: 0n, orderIds: [] };
    if (here.events === there.events && here.digest === there.digest) continue;
    const rows = await readStoredBucket(store, name);
    for (const [orderId, verdict] of judgeAll(there.orderIds, rows, index)) verdicts.set(orderId, verdict);
  }
  return verdicts;
};

const ordersAtOnce = 5_000;

/** The same orders once more, as they are now. */
export const judgeAgain = async (
  store: Queryable,
  orderIds: readonly string[],
  index: TopicIndex,
): Promise<Verdicts> => {
  const verdicts: Verdicts = new Map();
  for (let from = 0; from < orderIds.length; from += ordersAtOnce) {
    const some = orderIds.slice(from, from + ordersAtOnce);
    for (const [orderId, verdict] of judgeAll(some, await readStoredOrders(store, some), index)) {
      verdicts.set(orderId, verdict);
    }
  }
  return verdicts;
};
