import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import { readStoredBucket, type StoredVersion } from './read-stored.ts';
import type { StoreBucket } from './sum-store.ts';

/**
 * Names what breaks the hash chain: a version that is missing before a later one, and an event whose columns do not give its
 * hash. What it cannot see: events cut off at the end, and a chain computed anew; the topic tells those.
 */
export const chainFaults = (rows: readonly StoredVersion[]): KindFinding[] => {
  const findings: KindFinding[] = [];
  let last = { orderId: '', version: 0 };
  for (const { orderId, version, sound } of rows) {
    const before = last.orderId === orderId ? last.version : 0;
    const blame = (at: number, what: string): void => {
      findings.push({ kind: 'tampered', orderId, version: at, where: 'event-store', what });
    };
    for (let missing = before + 1; missing < version; missing += 1)
      blame(missing, 'gone, although a later one is there');
    // Without the event before it, a hash cannot be told from a false one.
    if (!sound && version === before + 1) blame(version, 'not what its hash was made of');
    last = { orderId, version };
  }
  return findings;
};

/** Looks row by row into the time buckets that are not sound. */
export const findChainFaults = async (store: Queryable, buckets: Iterable<StoreBucket>): Promise<KindFinding[]> => {
  const findings: KindFinding[] = [];
  for (const { bucket, unsound } of buckets) {
    if (unsound > 0) findings.push(...chainFaults(await readStoredBucket(store, bucket)));
  }
  return findings;
};
