import type { Decoder } from '@orderline/contracts';
import type { PoolClient } from '@orderline/postgres';
import type { Applied, Outcome, Target } from '../batch/apply-arrivals.ts';
import type { Arrival } from '../batch/arrival.ts';
import { openGates } from '../store/order-gates.ts';
import { clearQueues, readQueues, type ParkedRecord } from '../store/parked-orders.ts';
import { applyQueue } from './apply-queue.ts';

/**
 * Lets orders go on that waited for nothing but a missing version, in the batch's own transaction: what waited is applied by
 * version, each once. `applied.filled` are the records that came, each the very next of an order that is parked. One that is
 * parked for a reason of its own, at that version or before, stays so: nothing that comes later mends it. A constant number
 * of statements, however many orders: after a lost slot was healed, thousands of them go on in one batch.
 */
export const closeGaps = async (
  client: PoolClient,
  decoder: Decoder,
  { target, applied: { filled, ...outcome } }: { target: Target; applied: Applied },
): Promise<Outcome> => {
  if (filled.length === 0) return outcome;
  const cameOf = new Map(filled.map((arrival) => [arrival.orderId, arrival]));
  const waiting = [...cameOf.values()].map(({ orderId, record }) => ({ orderId, partition: record.partition }));
  const queues = await readQueues(client, target.generation, waiting);
  const closed = waiting.filter(({ orderId }) => {
    const content = cameOf.get(orderId)?.content;
    return content !== undefined && queues.get(orderId)?.every((parked) => waitsFor(content, parked)) === true;
  });
  if (closed.length === 0) return outcome;
  await clearQueues(client, target.generation, closed);
  await openGates(
    client,
    target.generation,
    closed.map(({ orderId }) => orderId),
  );
  const records = closed.flatMap(({ orderId }) => queues.get(orderId) ?? []);
  const again = await applyQueue(client, decoder, { target, records });
  return {
    applied: outcome.applied + again.applied,
    duplicates: outcome.duplicates + again.duplicates,
    parked: Math.max(0, outcome.parked + again.parked - records.length),
  };
};

const waitsFor = ({ version: missing }: Arrival['content'], { reason, version }: ParkedRecord): boolean =>
  reason === null || (version !== null && missing !== undefined && version > missing);
