import { createDecoder } from '@orderline/contracts';
import type { Pool } from '@orderline/postgres';
import { checkProjections, type Projection } from './define/projection.ts';
import type { ConsumerFactory } from './feed/consumer-port.ts';
import type { Feed } from './feed/feed.ts';
import { createFeeds } from './feed/feeds.ts';
import { ensureGenerations } from './ensure-generations.ts';
import type { ProjectorLog } from './projector-log.ts';
import { rememberedSchemas, type Registry } from './store/schemas.ts';
import { startWatchdog } from './watchdog.ts';

export type ProjectorOptions = {
  /** Names the consumer groups: `<name>.main` and, while another generation is filled, `<name>.<projection>-<generation>`. */
  readonly name: string;
  readonly pool: Pool;
  readonly projections: readonly Projection[];
  readonly consumer: ConsumerFactory;
  readonly registry: Registry;
  readonly log: ProjectorLog;
  /** Only a fresh process can go on: end this one. */
  readonly onFatal: (error: Error) => void;
};

/** The projections of one app at work. */
export type Projector = {
  readonly projections: readonly Projection[];
  /** Begins missing generations and starts consuming. Rejects for a definition or a database that cannot work. */
  start(): Promise<void>;
  /** Commits the batch in flight and leaves the groups. */
  stop(): Promise<void>;
  /** Throws with the reason while this instance does not do its work: not started yet, backing off, or stuck. */
  check(): void;
  /** Resolves at the next commit of this instance, or after `ms`. */
  nextCommit(ms: number): Promise<void>;
  /** Starts or stops feeds for generations begun or dropped just now, by whichever instance. */
  refresh(): Promise<void>;
  /** Reads the topic beside all groups; undefined until a consumer was made. */
  reader(): Feed['reader'] | undefined;
};

/**
 * Runs projections from a topic into tables: at-least-once delivery, effectively-once effect (README, "Guarantees").
 * Any number of instances may run; they share partitions by the consumer group and are fenced by checkpoints.
 */
export const createProjector = (options: ProjectorOptions): Projector => {
  const { pool, projections, log } = options;
  checkProjections(projections);
  const commits = createSignal();
  const feeds = createFeeds({
    ...options,
    decoder: createDecoder(rememberedSchemas(pool, options.registry)),
    onCommitted: () => commits.fire(),
  });
  const watchdog = startWatchdog({ pool, feeds, log, onFatal: options.onFatal });
  return {
    projections,
    start: async () => {
      await ensureGenerations(pool, projections);
      await feeds.refresh();
      feeds.keepRefreshing();
      watchdog.start();
    },
    stop: async () => {
      watchdog.stop();
      await feeds.stop();
      commits.fire();
    },
    check: () => {
      feeds.check();
      watchdog.check();
    },
    nextCommit: (ms) => commits.next(ms),
    refresh: () => feeds.refresh(),
    reader: () => feeds.all()[0]?.reader,
  };
};

const createSignal = (): { fire: () => void; next: (ms: number) => Promise<void> } => {
  let waiting = new Set<() => void>();
  return {
    fire: () => {
      const woken = waiting;
      waiting = new Set();
      for (const wake of woken) wake();
    },
    next: (ms) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        waiting.add(wake);
      }),
  };
};
