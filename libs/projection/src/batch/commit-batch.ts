import type { Decoder } from '@orderline/contracts';
import { withTransaction, type Pool } from '@orderline/postgres';
import { closeGaps } from '../parked/close-gaps.ts';
import { ProjectionError } from '../projection-error.ts';
import { holdCheckpoints, moveCheckpoints, type CheckpointMove, type HeldCheckpoint } from '../store/checkpoints.ts';
import { applyArrivals, type Outcome, type Target } from './apply-arrivals.ts';
import { applyIsolating } from './apply-isolating.ts';
import type { Arrival } from './arrival.ts';
import { eventIdOf } from './read-records.ts';

export type ReadBatch = {
  readonly decoder: Decoder;
  readonly arrivals: readonly Arrival[];
  readonly stretches: ReadonlyMap<number, { readonly from: bigint; readonly next: bigint }>;
  isStale(): boolean;
};

/** `partly`: a held generation stopped short of the batch's end; the same batch again goes on from there. */
export type Committed = { readonly progress: 'whole' | 'partly'; readonly outcomes: ReadonlyMap<number, Outcome> };

// A crash may lose the last of these commits, but rows and checkpoint together: the topic has the events still. A plan made
// while a generation was empty must not be kept for when it is full. Every row is found by its key; without statistics the
// planner takes some thousand keys for most of a table, and would read all of it for every batch.
const BATCH_SETTINGS =
  'SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = off';

/** As many records come at once only where there is a backlog. */
const MANY_RECORDS = 1_000;
const LANES = 2;

/**
 * Applies a batch to every target and moves their checkpoints, in one transaction: all of it or nothing. Records before a
 * target's checkpoint are passed over. Throws fenced, with nothing of that transaction written, when the batch begins beyond a checkpoint, when
 * a target has been dropped, or when its partitions may have gone to another member: positions must then be asked for anew.
 *
 * A batch of many records goes into two transactions side by side, each with its own targets, their rows and checkpoints:
 * the server works for one while the other's rows are worked out. What one of them has committed, a repeat passes over.
 */
export const commitBatch = async (
  pool: Pool,
  targets: readonly Target[],
  batch: ReadBatch,
  isolating: boolean,
): Promise<Committed> => {
  if (isolating || targets.length === 1 || batch.arrivals.length < MANY_RECORDS) {
    return commitTargets(pool, targets, batch, isolating);
  }
  const lanes = Array.from({ length: LANES }, (_, lane) => targets.filter((_target, at) => at % LANES === lane));
  // Nothing is tried again before all of them have ended.
  const settled = await Promise.allSettled(lanes.map((lane) => commitTargets(pool, lane, batch, isolating)));
  const committed = settled.map((lane) => {
    if (lane.status === 'rejected') throw lane.reason;
    return lane.value;
  });
  return {
    progress: committed.some(({ progress }) => progress === 'partly') ? 'partly' : 'whole',
    outcomes: new Map(committed.flatMap(({ outcomes }) => [...outcomes])),
  };
};

const commitTargets = (
  pool: Pool,
  targets: readonly Target[],
  batch: ReadBatch,
  isolating: boolean,
): Promise<Committed> =>
  withTransaction(pool, async (client) => {
    await client.query(BATCH_SETTINGS);
    const generations = targets.map(({ generation }) => generation);
    const held = await holdCheckpoints(client, generations, [...batch.stretches.keys()]);
    const moves: CheckpointMove[] = [];
    const outcomes = new Map<number, Outcome>();
    let progress: Committed['progress'] = 'whole';
    for (const target of targets) {
      const range = rangeOf(held.get(target.generation) ?? [], batch);
      if (range.isShort) progress = 'partly';
      const arrivals = arrivalsWithin(range, batch);
      const applied = await (isolating ? applyIsolating : applyArrivals)(client, target, arrivals);
      const outcome = await closeGaps(client, batch.decoder, { target, applied });
      outcomes.set(target.generation, outcome);
      moves.push(...movesOf(target.generation, range, { arrivals, outcome }));
    }
    if (moves.length > 0) await moveCheckpoints(client, moves);
    if (batch.isStale())
      throw new ProjectionError('fenced', 'The partitions of this batch may belong to another member.');
    return { progress, outcomes };
  });

/** What one target takes of a batch: per partition from its checkpoint up to the batch's end, or to where it is held. */
type Range = {
  readonly from: ReadonlyMap<number, bigint>;
  readonly until: ReadonlyMap<number, bigint>;
  readonly isShort: boolean;
};

const rangeOf = (held: readonly HeldCheckpoint[], batch: ReadBatch): Range => {
  if (held.length !== batch.stretches.size) throw new ProjectionError('fenced', 'The generation has been dropped.');
  const from = new Map<number, bigint>();
  const until = new Map<number, bigint>();
  let isShort = false;
  for (const { partition, nextOffset, holdAt } of held) {
    const stretch = batch.stretches.get(partition);
    if (stretch === undefined || stretch.from > nextOffset) {
      throw new ProjectionError('fenced', `Partition ${partition} goes on at ${nextOffset}, before this batch.`);
    }
    const end = holdAt !== null && holdAt < stretch.next ? holdAt : stretch.next;
    if (end < stretch.next) isShort = true;
    from.set(partition, nextOffset);
    until.set(partition, end > nextOffset ? end : nextOffset);
  }
  return { from, until, isShort };
};

const arrivalsWithin = (range: Range, { arrivals, stretches }: ReadBatch): readonly Arrival[] => {
  const isWhole = [...stretches].every(
    ([partition, { from, next }]) => range.from.get(partition) === from && range.until.get(partition) === next,
  );
  return isWhole ? arrivals : arrivals.filter(({ record }) => isWithin(range, record));
};

const isWithin = ({ from, until }: Range, record: Arrival['record']): boolean => {
  const start = from.get(record.partition);
  const end = until.get(record.partition);
  return start !== undefined && end !== undefined && record.offset >= start && record.offset < end;
};

const movesOf = (
  generation: number,
  { from, until }: Range,
  { arrivals, outcome }: { arrivals: readonly Arrival[]; outcome: Outcome },
): CheckpointMove[] => {
  const lastOf = new Map<number, Arrival['record']>();
  for (const { record } of arrivals) lastOf.set(record.partition, record);
  return [...until]
    .filter(([partition, end]) => end !== from.get(partition))
    .map(([partition, nextOffset], at) => {
      const record = lastOf.get(partition);
      return {
        generation,
        partition,
        nextOffset,
        last: record && {
          offset: record.offset,
          eventId: eventIdOf(record) ?? null,
          recordedAt: record.timestamp,
        },
        applied: at === 0 ? outcome.applied : 0,
        duplicates: at === 0 ? outcome.duplicates : 0,
      };
    });
};
