import type { Decoder } from '@orderline/contracts';
import type { PoolClient } from '@orderline/postgres';
import type { Applied, Outcome, Target } from '../batch/apply-arrivals.ts';
import type { Arrival } from '../batch/arrival.ts';
import { openGate } from '../store/order-gates.ts';
import { clearQueue, readQueue, type ParkedRecord } from '../store/parked-orders.ts';
import { applyQueue } from './apply-queue.ts';

/**
 * Lets orders go on that waited for nothing but a missing version, in the batch's own transaction: what waited is applied by
 * version, each once. `applied.filled` are the records that came, each the very next of an order that is parked. One that is
 * parked for a reason of its own, at that version or before, stays so: nothing that comes later mends it.
 */
export const closeGaps = async (
  client: PoolClient,
  decoder: Decoder,
  { target, applied: { filled, ...outcome } }: { target: Target; applied: Applied },
): Promise<Outcome> => {
  let { applied, duplicates, parked } = outcome;
  for (const [orderId, { record, content }] of new Map(filled.map((arrival) => [arrival.orderId, arrival]))) {
    const queue = { generation: target.generation, projection: target.projection.name, partition: record.partition };
    const records = await readQueue(client, queue, orderId);
    if (!records.every((waiting) => waitsFor(content, waiting))) continue;
    await clearQueue(client, queue, orderId);
    await openGate(client, queue.generation, orderId);
    const closed = await applyQueue(client, decoder, { target, records });
    applied += closed.applied;
    duplicates += closed.duplicates;
    parked += closed.parked - records.length;
  }
  return { applied, duplicates, parked: Math.max(0, parked) };
};

const waitsFor = ({ version: missing }: Arrival['content'], { reason, version }: ParkedRecord): boolean =>
  reason === null || (version !== null && missing !== undefined && version > missing);
