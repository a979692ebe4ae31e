import type { Target } from '../batch/apply-arrivals.ts';
import type { Projection } from '../define/projection.ts';
import { listGenerations } from '../store/generations.ts';
import { backOff, pause } from './back-off.ts';
import type { Portions } from './consumer-port.ts';
import { createFeed, type Feed, type FeedParts } from './feed.ts';

export type Feeds = {
  /** Brings the running feeds in line with the generations that the database has. */
  refresh(): Promise<void>;
  keepRefreshing(): void;
  stop(): Promise<void>;
  all(): readonly Feed[];
  /** Throws with the reason while a feed is not running. */
  check(): void;
  /** How many are not running. */
  waiting(): number;
};

type Running = {
  feed: Feed;
  targets: readonly Target[];
  notYet: string | undefined;
  readonly dropped: AbortController;
};
type Parts = Omit<FeedParts, 'name' | 'groupId'> & {
  readonly name: string;
  readonly projections: readonly Projection[];
  /** Runs about once a second, after the feeds are in line. */
  readonly afterRefresh: () => Promise<void>;
};

const REFRESH_MS = 1_000;
/**
 * Of a generation that is filled beside the one that serves: reads wait for whatever this process does in one go, and it works
 * out a batch in few goes.
 */
const SMALL_PORTIONS: Portions = { maxRecords: 1_000, fetchBytes: 512 * 1024, fetchBytesPerPartition: 64 * 1024 };

/** One feed per consumer group that this instance's generations need; those of other versions are left to other builds. */
export const createFeeds = (parts: Parts): Feeds => {
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  let refreshing: Promise<void> | undefined;

  const refreshOnce = async (): Promise<void> => {
    const wanted = await wantedFeeds(parts);
    if (stopping.signal.aborted) return;
    for (const [name, present] of running) {
      if (wanted.has(name)) continue;
      running.delete(name);
      present.dropped.abort();
      await present.feed.stop();
    }
    for (const [name, { targets, serves }] of wanted) {
      const present = running.get(name);
      if (present === undefined) running.set(name, launch(parts, { name, targets, serves, signal: stopping.signal }));
      else if (!sameTargets(present.targets, targets)) {
        present.targets = targets;
        present.feed.serve(targets);
      }
    }
  };
  const refresh = (): Promise<void> => {
    refreshing ??= refreshOnce().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };
  return {
    refresh,
    keepRefreshing: () => void refreshUntilStopped(refresh, parts, stopping.signal),
    stop: async () => {
      stopping.abort();
      await refreshing?.catch(() => undefined);
      await Promise.all([...running.values()].map(({ feed }) => feed.stop()));
    },
    all: () => [...running.values()].map(({ feed }) => feed),
    check: () => {
      if (running.size === 0) throw new Error('no projection has been started yet');
      const [reason] = reasonsToWait(running);
      if (reason !== undefined) throw new Error(reason);
    },
    waiting: () => reasonsToWait(running).length,
  };
};

const reasonsToWait = (running: ReadonlyMap<string, Running>): string[] =>
  [...running.values()].flatMap(({ feed, notYet }) => notYet ?? feed.backingOffFrom() ?? []);

type Wanted = { readonly targets: readonly Target[]; readonly serves: boolean };

const wantedFeeds = async ({ pool, projections }: Parts): Promise<Map<string, Wanted>> => {
  const wanted = new Map<string, Wanted>();
  for (const { generation, projection: name, version, state, feed } of await listGenerations(pool)) {
    const projection = projections.find((known) => known.name === name && known.version === version);
    if (projection === undefined) continue;
    const { targets, serves } = wanted.get(feed) ?? { targets: [], serves: false };
    wanted.set(feed, { targets: [...targets, { projection, generation }], serves: serves || state === 'serving' });
  }
  return wanted;
};

const sameTargets = (a: readonly Target[], b: readonly Target[]): boolean =>
  a.length === b.length && a.every(({ generation }, at) => generation === b[at]?.generation);

/** A broker that is away is waited for, so that reads go on meanwhile; a topic that is unfit ends the process. */
const launch = (
  parts: Parts,
  { name, targets, serves, signal }: Wanted & { name: string; signal: AbortSignal },
): Running => {
  const portions = serves ? {} : { portions: SMALL_PORTIONS };
  const makeFeed = (served: readonly Target[]): Feed =>
    createFeed({ ...parts, ...portions, name, groupId: `${parts.name}.${name}` }, served);
  const dropped = new AbortController();
  const over = AbortSignal.any([signal, dropped.signal]);
  const running: Running = { feed: makeFeed(targets), targets, notYet: 'the consumer is being started', dropped };
  const isStopped = (): boolean => over.aborted;
  const begin = async (): Promise<void> => {
    for (let tries = 0; !isStopped(); tries += 1) {
      try {
        await running.feed.start();
        running.notYet = undefined;
        return;
      } catch (error) {
        if (isStopped()) return;
        running.notYet = error instanceof Error ? error.message : String(error);
        const isRetriable = error instanceof Error && 'retriable' in error && error.retriable === true;
        if (!isRetriable) {
          parts.onFatal(error instanceof Error ? error : new Error(running.notYet));
          return;
        }
        parts.log('warn', 'the consumer cannot start yet', { feed: name, tries, reason: running.notYet });
        await pause(backOff(tries, Math.random()), over);
        // A consumer that could not start is of no more use.
        if (!isStopped()) running.feed = makeFeed(running.targets);
      }
    }
  };
  void begin();
  return running;
};

const refreshUntilStopped = async (
  refresh: () => Promise<void>,
  { log, afterRefresh }: Parts,
  signal: AbortSignal,
): Promise<void> => {
  const isStopped = (): boolean => signal.aborted;
  for (;;) {
    await pause(REFRESH_MS, signal);
    if (isStopped()) return;
    try {
      await refresh();
      await afterRefresh();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log('warn', 'generations cannot be looked after', { reason });
    }
  }
};
