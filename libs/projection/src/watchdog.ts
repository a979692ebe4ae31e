import type { Pool } from '@orderline/postgres';
import type { Feeds } from './feed/feeds.ts';
import type { ProjectorLog } from './projector-log.ts';
import { readProgress } from './store/progress.ts';

export type Watchdog = { start(): void; stop(): void; check(): void };

type Watched = {
  readonly pool: Pool;
  readonly feeds: Feeds;
  readonly log: ProjectorLog;
  readonly onFatal: (error: Error) => void;
};

const LOOK_MS = 5_000;
const STUCK_MS = 30_000;
const GIVE_UP_MS = 40_000;

/**
 * Looks from outside at what the client believes: where records wait in a partition that this instance holds (or in any, where it holds none) and the
 * checkpoint has not moved for 30 s without a known cause, the instance is not well; 10 s later it ends.
 */
export const startWatchdog = ({ pool, feeds, log, onFatal }: Watched): Watchdog => {
  const stuckSince = new Map<string, { position: bigint; at: number }>();
  let timer: NodeJS.Timeout | undefined;
  let longest = 0;

  const look = async (): Promise<void> => {
    const waiting = await waitingPlaces(pool, feeds);
    const now = performance.now();
    for (const place of stuckSince.keys()) if (!waiting.has(place)) stuckSince.delete(place);
    for (const [place, position] of waiting) {
      if (stuckSince.get(place)?.position !== position) stuckSince.set(place, { position, at: now });
    }
    longest = Math.max(0, ...[...stuckSince.values()].map(({ at }) => now - at));
    if (longest > STUCK_MS) log('error', 'records wait and nothing moves', { forMs: Math.round(longest) });
    if (longest > GIVE_UP_MS)
      onFatal(new Error(`Records have waited for ${Math.round(longest / 1_000)} s and nothing moves.`));
  };
  return {
    start: () => {
      timer = setInterval(() => {
        // A database or broker that does not answer is a known cause, seen by whoever backs off from it.
        look().catch(() => stuckSince.clear());
      }, LOOK_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
    check: () => {
      if (longest > STUCK_MS) throw new Error(`records have waited for ${Math.round(longest / 1_000)} s`);
    },
  };
};

/** Position by place (generation and partition) wherever records wait that this instance answers for. */
const waitingPlaces = async (pool: Pool, feeds: Feeds): Promise<Map<string, bigint>> => {
  const waiting = new Map<string, bigint>();
  const running = feeds.all();
  if (running.some((feed) => feed.backingOffFrom() !== undefined)) return waiting;
  const progress = await readProgress(pool);
  for (const feed of running) {
    const ranges = await feed.reader.logRanges();
    const mine = new Set(feed.partitions());
    const own = progress.filter(({ generation }) => feed.generations().includes(generation));
    const behind = own.filter(({ partition, nextOffset }) => nextOffset < (ranges.get(partition)?.latest ?? 0n));
    for (const { generation, partition, nextOffset } of behind) {
      if (mine.size === 0 || mine.has(partition)) waiting.set(`${generation}/${partition}`, nextOffset);
    }
  }
  return waiting;
};
