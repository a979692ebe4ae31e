import type { Pool } from '@orderline/postgres';
import type { Feeds } from './feed/feeds.ts';
import type { LogRanges } from './feed/consumer-port.ts';
import type { ProjectorLog } from './projector-log.ts';
import { readProgress, type Progress } from './store/progress.ts';
import { longestStuck, observe, type StuckSince } from './stuck.ts';

/** What the topic and all checkpoints looked like at one moment; `at` in ms of a monotonic clock. */
export type Sample = {
  readonly at: number;
  readonly progress: readonly Progress[];
  readonly ranges: LogRanges;
  /** False where no broker answered in time: the ranges are those of an earlier moment. */
  readonly isFresh: boolean;
};

export type Monitor = {
  start(): void;
  stop(): void;
  /** Throws with the reason while records wait and nothing moves. */
  check(): void;
  /** For how long records have waited and nothing has moved. */
  stuckSeconds(): number;
  /** A sample of now, kept as the newest. The brokers may take `patienceMs`. */
  look(patienceMs?: number): Promise<Sample>;
  /** The oldest sample kept, about ten seconds back. */
  earlier(): Sample | undefined;
};

type Watched = {
  readonly pool: Pool;
  readonly feeds: Feeds;
  readonly log: ProjectorLog;
  readonly onFatal: (error: Error) => void;
};

const LOOK_MS = 2_000;
const KEPT_MS = 10_000;
const PATIENCE_MS = 1_000;
const STUCK_MS = 30_000;
const GIVE_UP_MS = 40_000;

/**
 * Looks at checkpoints and log from outside, whatever the consumer believes. Where records wait in a partition that this
 * instance holds (or in any, where it holds none) and the checkpoint has not moved for 30 s without a known cause, the
 * instance is not well; 10 s later it is ended.
 */
export const createMonitor = ({ pool, feeds, log, onFatal }: Watched): Monitor => {
  let samples: Sample[] = [];
  let stuckSince: StuckSince = new Map();
  let timer: NodeJS.Timeout | undefined;

  const look = async (patienceMs = PATIENCE_MS): Promise<Sample> => {
    const [progress, ranges] = await Promise.all([readProgress(pool), readRanges(feeds, patienceMs)]);
    const before = samples.at(-1)?.ranges ?? new Map<number, never>();
    const sample = { at: performance.now(), progress, ranges: ranges ?? before, isFresh: ranges !== undefined };
    samples = [...samples.filter(({ at }) => at > sample.at - KEPT_MS), sample];
    return sample;
  };
  const watch = async (): Promise<void> => {
    const sample = await look();
    // Brokers and databases that do not answer are known causes; whoever needs them backs off from it.
    stuckSince = sample.isFresh ? observe(stuckSince, waitingPlaces(feeds, sample), sample.at) : new Map();
    const stuckMs = longestStuck(stuckSince, sample.at);
    if (stuckMs > STUCK_MS) log('error', 'records wait and nothing moves', { seconds: Math.round(stuckMs / 1_000) });
    if (stuckMs > GIVE_UP_MS)
      onFatal(new Error(`Nothing has moved for ${Math.round(stuckMs / 1_000)} s while records wait.`));
  };
  return {
    start: () => {
      timer = setInterval(() => {
        watch().catch(() => {
          stuckSince = new Map();
        });
      }, LOOK_MS).unref();
    },
    stop: () => {
      clearInterval(timer);
    },
    check: () => {
      const stuckMs = longestStuck(stuckSince, performance.now());
      if (stuckMs > STUCK_MS)
        throw new Error(`nothing has moved for ${Math.round(stuckMs / 1_000)} s while records wait`);
    },
    stuckSeconds: () => longestStuck(stuckSince, performance.now()) / 1_000,
    look,
    earlier: () => samples[0],
  };
};

const readRanges = async (feeds: Feeds, patienceMs: number): Promise<LogRanges | undefined> => {
  const reading = feeds
    .all()[0]
    ?.reader.logRanges()
    .catch(() => undefined);
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => {
      resolve(undefined);
    }, patienceMs).unref();
  });
  return Promise.race([reading, late]);
};

/** Position by place (generation and partition) wherever records wait that this instance answers for. */
const waitingPlaces = (feeds: Feeds, { progress, ranges }: Sample): Map<string, bigint> => {
  const waiting = new Map<string, bigint>();
  const running = feeds.all();
  if (running.some((feed) => feed.backingOffFrom() !== undefined)) return waiting;
  for (const feed of running) {
    const mine = new Set(feed.partitions());
    const generations = new Set(feed.generations());
    for (const { generation, partition, nextOffset } of progress) {
      const isOwn = generations.has(generation) && (mine.size === 0 || mine.has(partition));
      if (isOwn && nextOffset < (ranges.get(partition)?.latest ?? 0n))
        waiting.set(`${generation}/${partition}`, nextOffset);
    }
  }
  return waiting;
};
