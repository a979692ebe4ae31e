import type { Decoder } from '@orderline/contracts';
import type { PoolClient } from '@orderline/postgres';
import type { Applied, Target } from '../batch/apply-arrivals.ts';
import { applyIsolating } from '../batch/apply-isolating.ts';
import { readRecords } from '../batch/read-records.ts';
import type { ParkedRecord } from '../store/parked-orders.ts';

/** Applies records that were parked, in their order; those that cannot be applied are parked again, since when they were. */
export const applyQueue = async (
  client: PoolClient,
  decoder: Decoder,
  { target, records }: { target: Target; records: readonly ParkedRecord[] },
): Promise<Applied> => {
  const { arrivals } = await readRecords(
    records.map(({ record }) => record),
    decoder,
  );
  const parkedAt = new Map(records.map((parked) => [parked.record, parked.parkedAt]));
  const again = arrivals.map((arrival) => ({ ...arrival, parkedAt: parkedAt.get(arrival.record) ?? new Date() }));
  return applyIsolating(client, target, again);
};
