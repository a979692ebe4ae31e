import type { Decoder } from '@orderline/contracts';
import { withTransaction, type Pool, type PoolClient } from '@orderline/postgres';
import type { Outcome, Target } from '../batch/apply-arrivals.ts';
import type { Projection } from '../define/projection.ts';
import { isProjectionError, ProjectionError } from '../projection-error.ts';
import { holdCheckpoints } from '../store/checkpoints.ts';
import { listGenerations } from '../store/generations.ts';
import { isUuid } from '../batch/is-uuid.ts';
import { openGate } from '../store/order-gates.ts';
import {
  clearQueues,
  keepDiscarded,
  queuesOf,
  readQueues,
  type ParkedQueue,
  type ParkedRecord,
} from '../store/parked-orders.ts';
import { applyQueue } from './apply-queue.ts';

export type ReleaseOptions = {
  /** Only there; else wherever the order is parked. */
  readonly projection?: string | undefined;
  /** Does all of it and rolls it back. */
  readonly dryRun?: boolean | undefined;
  /** Gives up the record at the head first, for this reason. */
  readonly discardReason?: string | undefined;
  /** Only where this is the record at the head, so that the same request sent twice gives up no second one. */
  readonly head?: { readonly partition: number; readonly offset: number } | undefined;
};

/** `parked`: how many records stay parked, the first for a reason of its own. */
export type Released = Outcome & { readonly projection: string; readonly generation: number };

export type ReleaseParts = {
  readonly pool: Pool;
  readonly decoder: Decoder;
  readonly projections: readonly Projection[];
};

/**
 * Applies what is parked of an order, oldest first, each once, in one transaction per generation that also holds the
 * order's partition: live events wait for it and find the order either free, with the queue applied, or parked as before
 * with the queue before them. Stops at the first record that cannot be applied and parks from there on. Throws not_parked, or
 * not_at_head when nowhere `head` is the record that the others wait behind.
 */
export const release = async (parts: ReleaseParts, orderId: string, options: ReleaseOptions): Promise<Released[]> => {
  const queues = (await queuesOf(parts.pool, orderId)).filter(
    ({ projection }) => options.projection === undefined || options.projection === projection,
  );
  if (queues.length === 0)
    throw new ProjectionError('not_parked', `Order ${orderId} is not parked here: GET /parked lists what is.`);
  const targets = await targetsOf(parts);
  const released: Released[] = [];
  let refusal: ProjectionError | undefined;
  for (const queue of queues) {
    const target = targets.get(queue.generation);
    if (target === undefined) continue;
    const outcome = await releaseQueue(parts, { queue, target, orderId, options }).catch(refusalOf);
    if (outcome instanceof ProjectionError) refusal = outcome;
    else released.push({ projection: queue.projection, generation: queue.generation, ...outcome });
  }
  if (released.length === 0 && refusal !== undefined) throw refusal;
  return released;
};

const refusalOf = (error: unknown): ProjectionError => {
  if (isProjectionError(error, 'not_at_head')) return error;
  throw error;
};

const targetsOf = async ({ pool, projections }: ReleaseParts): Promise<Map<number, Target>> => {
  const targets = new Map<number, Target>();
  for (const { generation, projection: name, version } of await listGenerations(pool)) {
    const projection = projections.find((known) => known.name === name && known.version === version);
    if (projection !== undefined) targets.set(generation, { projection, generation });
  }
  return targets;
};

type Queued = {
  readonly queue: ParkedQueue;
  readonly target: Target;
  readonly orderId: string;
  readonly options: ReleaseOptions;
};

const releaseQueue = async (parts: ReleaseParts, queued: Queued): Promise<Outcome> => {
  const dryRun = new DryRun();
  try {
    return await withTransaction(parts.pool, async (client) => {
      dryRun.outcome = await releaseWithin(client, parts, queued);
      if (queued.options.dryRun === true) throw dryRun;
      return dryRun.outcome;
    });
  } catch (error) {
    if (error === dryRun && dryRun.outcome !== undefined) return dryRun.outcome;
    throw error;
  }
};

/** Thrown to roll back what a dry run did. */
class DryRun extends Error {
  outcome: Outcome | undefined;
}

const releaseWithin = async (client: PoolClient, { decoder }: ReleaseParts, queued: Queued): Promise<Outcome> => {
  const { queue, target, orderId, options } = queued;
  // A release that was answered is kept, unlike a batch, which the topic still has.
  await client.query('SET LOCAL synchronous_commit = on');
  await holdCheckpoints(client, [queue.generation], [queue.partition]);
  const place = { orderId, partition: queue.partition };
  const records = (await readQueues(client, queue.generation, [place])).get(orderId) ?? [];
  mustBeAtHead(headOf(records), queued);
  const givenUp = options.discardReason === undefined ? undefined : headOf(records);
  if (givenUp !== undefined && options.discardReason !== undefined) {
    await keepDiscarded(client, queue, { offset: givenUp.record.offset, reason: options.discardReason });
  }
  await clearQueues(client, queue.generation, [place]);
  if (isUuid(orderId)) await openGate(client, queue.generation, orderId, givenUp);
  const left = records.filter((record) => record !== givenUp);
  const { applied, duplicates, parked } = await applyQueue(client, decoder, { target, records: left });
  return { applied, duplicates, parked };
};

const mustBeAtHead = (head: ParkedRecord | undefined, { queue, orderId, options }: Queued): void => {
  const wanted = options.head;
  if (wanted === undefined) return;
  if (head?.record.partition === wanted.partition && head.record.offset === BigInt(wanted.offset)) return;
  const found = head === undefined ? 'none' : `offset ${head.record.offset} of partition ${head.record.partition}`;
  throw new ProjectionError(
    'not_at_head',
    `Of order ${orderId} in ${queue.projection} the record at the head is ${found}: GET /parked shows it.`,
  );
};

/** The record that the others wait behind. */
const headOf = (records: readonly ParkedRecord[]): ParkedRecord | undefined =>
  records.find(({ reason }) => reason !== null) ?? records[0];
