import { isTransient, type Pool } from '@orderline/postgres';
import type { Decoder } from '@orderline/contracts';
import { isFaultOfAnEvent } from '../batch/apply-isolating.ts';
import type { Target } from '../batch/apply-arrivals.ts';
import { commitBatch } from '../batch/commit-batch.ts';
import { readRecords, type ReadRecords } from '../batch/read-records.ts';
import { isProjectionError } from '../projection-error.ts';
import type { ProjectorLog } from '../projector-log.ts';
import { openCheckpoints } from '../store/checkpoints.ts';
import { backOff, pause } from './back-off.ts';
import type { BatchObserver } from './batch-observer.ts';
import type { Consumer, ConsumerFactory, Handlers, Portions, TopicBatch } from './consumer-port.ts';
import type { PassedOverTally } from './passed-over.ts';
import { verifyCheckpoints } from './verify-checkpoints.ts';

export type FeedParts = {
  readonly name: string;
  readonly groupId: string;
  readonly pool: Pool;
  readonly decoder: Decoder;
  readonly consumer: ConsumerFactory;
  readonly portions?: Portions;
  readonly log: ProjectorLog;
  readonly passedOver: PassedOverTally;
  readonly observers: readonly BatchObserver[];
  /** Called after each commit. */
  readonly onCommitted: () => void;
  /** The feed has stopped for good and only a fresh process can go on. */
  readonly onFatal: (error: Error) => void;
};

/** One consumer in one group, feeding the generations that share it. */
export type Feed = {
  start(): Promise<void>;
  /** Lets the batch in flight commit; one that is backing off is given up, uncommitted. */
  stop(): Promise<void>;
  /** Other generations from the next batch on, each from its own checkpoint. */
  serve(targets: readonly Target[]): void;
  readonly reader: Consumer['reader'];
  /** Partitions held at the moment. */
  partitions(): readonly number[];
  generations(): readonly number[];
  /** What it waits for when it is backing off. */
  backingOffFrom(): string | undefined;
};

type State = {
  targets: readonly Target[];
  partitions: readonly number[];
  backingOffFrom: string | undefined;
  readonly loggedTypes: Set<string>;
  readonly stopping: AbortController;
};

export const createFeed = (parts: FeedParts, targets: readonly Target[]): Feed => {
  const state: State = {
    targets,
    partitions: [],
    backingOffFrom: undefined,
    loggedTypes: new Set(),
    stopping: new AbortController(),
  };
  const consumer: Consumer = parts.consumer({
    groupId: parts.groupId,
    ...(parts.portions && { tuning: parts.portions }),
    onAssigned: (partitions, facts) => findPositions(parts, state, { partitions, facts, reader: consumer.reader }),
    onBatch: async (batch) => {
      if (!(await takeInObserved(parts, state, batch))) consumer.reposition();
    },
    onRevoked: () => {
      state.partitions = [];
    },
    onCrash: (error) => {
      if (!state.stopping.signal.aborted) parts.onFatal(error);
    },
  });
  return {
    start: () => consumer.start(),
    stop: async () => {
      state.stopping.abort();
      await consumer.stop();
    },
    serve: (others) => {
      state.targets = others;
      consumer.reposition();
    },
    reader: consumer.reader,
    partitions: () => state.partitions,
    generations: () => state.targets.map(({ generation }) => generation),
    backingOffFrom: () => state.backingOffFrom,
  };
};

type Assignment = {
  readonly partitions: readonly number[];
  readonly facts: Parameters<Handlers['onAssigned']>[1];
  readonly reader: Consumer['reader'];
};

/** Where to go on: at the checkpoint that is furthest behind. */
const findPositions = (
  parts: FeedParts,
  state: State,
  { partitions, facts, reader }: Assignment,
): Promise<Map<number, bigint>> => {
  // Before anything is waited for: an assignment that has ended may come to its end after the one that followed.
  state.partitions = partitions;
  return persist(parts, state, async () => {
    const generations = state.targets.map(({ generation }) => generation);
    const checkpoints = await openCheckpoints(parts.pool, generations, { partitions, clusterId: facts.clusterId });
    await verifyCheckpoints(checkpoints, facts, reader);
    const positions = new Map<number, bigint>();
    for (const { partition, nextOffset } of checkpoints) {
      const earlier = positions.get(partition);
      if (earlier === undefined || nextOffset < earlier) positions.set(partition, nextOffset);
    }
    return positions;
  });
};

const takeInObserved = async (parts: FeedParts, state: State, batch: TopicBatch): Promise<boolean> => {
  const projections = state.targets.map(({ projection }) => projection.name);
  const ends = parts.observers.map((observe) => observe({ feed: parts.name, projections, records: batch.records }));
  let isCommitted = false;
  try {
    isCommitted = await takeIn(parts, state, batch);
    return isCommitted;
  } finally {
    for (const end of ends) end(isCommitted);
  }
};

/** True when the batch is committed; false when it was not this instance's to commit and positions must be asked for. */
const takeIn = async (parts: FeedParts, state: State, batch: TopicBatch): Promise<boolean> => {
  const { targets } = state;
  if (targets.length === 0) return false;
  let read: ReadRecords | undefined;
  let isolating = false;
  const attempt = async (): Promise<'whole' | 'partly' | 'lost'> => {
    if (batch.isStale() || state.targets !== targets) return 'lost';
    try {
      read ??= await readRecords(batch.records, parts.decoder);
      const { stretches } = batch;
      const isStale = (): boolean => batch.isStale();
      const { progress } = await commitBatch(
        parts.pool,
        targets,
        { arrivals: read.arrivals, stretches, isStale, decoder: parts.decoder },
        isolating,
      );
      return progress;
    } catch (error) {
      if (isProjectionError(error, 'fenced')) return 'lost';
      if (isolating || !isFaultOfAnEvent(error)) throw error;
      isolating = true;
      return attempt();
    }
  };
  for (;;) {
    const progress = await persist(parts, state, attempt);
    if (progress === 'lost') return false;
    parts.onCommitted();
    if (progress === 'whole') {
      if (read !== undefined) tellPassedOver(parts, state, read);
      return true;
    }
    await pause(HELD_MS, state.stopping.signal);
    if (state.stopping.signal.aborted) return false;
  }
};

const HELD_MS = 20;

const tellPassedOver = (
  { log, name, passedOver }: FeedParts,
  { loggedTypes }: State,
  { withoutValue, unknownTypes }: ReadRecords,
): void => {
  if (withoutValue > 0) passedOver.add({ feed: name, why: 'no_value', records: withoutValue });
  for (const [type, records] of unknownTypes) {
    passedOver.add({ feed: name, why: 'unknown_type', records });
    if (loggedTypes.has(type)) continue;
    loggedTypes.add(type);
    log('warn', 'an event type that this build does not know is passed over', { feed: name, type });
  }
};

/** Repeats what fails, with back-off, until it succeeds or the feed stops; only what says that it never will is passed on. */
const persist = async <T>(parts: FeedParts, state: State, work: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    try {
      const result = await work();
      state.backingOffFrom = undefined;
      return result;
    } catch (error) {
      if (neverPasses(error) || state.stopping.signal.aborted) throw error;
      const ms = backOff(tries, Math.random());
      state.backingOffFrom = error instanceof Error ? error.message : String(error);
      parts.log(isExpected(error) ? 'warn' : 'error', 'backing off', {
        feed: parts.name,
        ms,
        tries,
        reason: state.backingOffFrom,
      });
      await pause(ms, state.stopping.signal);
    }
  }
};

const neverPasses = (error: unknown): boolean =>
  error instanceof Error && 'retriable' in error && error.retriable === false;

const isExpected = (error: unknown): boolean =>
  isTransient(error) || (error instanceof Error && 'retriable' in error && error.retriable === true);
