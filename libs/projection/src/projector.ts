import { createDecoder } from '@orderline/contracts';
import type { Pool } from '@orderline/postgres';
import { checkProjections, type Projection } from './define/projection.ts';
import { ensureGenerations } from './ensure-generations.ts';
import type { BatchObserver } from './feed/batch-observer.ts';
import type { ConsumerFactory } from './feed/consumer-port.ts';
import { createFeeds } from './feed/feeds.ts';
import { createPassedOverTally, type PassedOver } from './feed/passed-over.ts';
import { drop, rebuild, rollback, swap } from './generations/change.ts';
import { conductRebuilds } from './generations/conduct.ts';
import { createMonitor } from './monitor.ts';
import { release, type Released, type ReleaseOptions } from './parked/release.ts';
import { ProjectionError } from './projection-error.ts';
import type { ProjectorLog } from './projector-log.ts';
import { createSignal } from './signal.ts';
import { readStatus, type ProjectionStatus, type StatusOptions } from './status.ts';
import { listParked, type ParkedAfter, type ParkedOrder } from './store/parked-orders.ts';
import { rememberedSchemas, type Registry } from './store/schemas.ts';
import { createVersionWait, type Visibility } from './wait-for-version.ts';

export type ProjectorOptions = {
  /** Names the consumer groups: `<name>.main` and, while another generation is filled, `<name>.<projection>-<generation>`. */
  readonly name: string;
  readonly pool: Pool;
  readonly projections: readonly Projection[];
  readonly consumer: ConsumerFactory;
  readonly registry: Registry;
  readonly log: ProjectorLog;
  readonly observers?: readonly BatchObserver[];
  /** Only a fresh process can go on: end this one. By default the error is thrown where nothing catches it. */
  readonly onFatal?: (error: Error) => void;
};

export type Standing = {
  /** For how long records have waited for it without anything moving and without a known cause. */
  readonly stuckSeconds: number;
  /** Consumers that are not started yet, or back off from something that is away. */
  readonly waitingFeeds: number;
};

/** The projections of one app at work. What is answered is true of all instances together, unless it is said. */
export type Projector = {
  /** Begins missing generations and starts consuming. Rejects for a definition or a database that cannot work. */
  start(): Promise<void>;
  /** Commits the batch in flight and leaves the groups. */
  stop(): Promise<void>;
  /** Throws with the reason while this instance does not do its work: not started yet, backing off, or stuck. */
  check(): void;
  /** Resolves once this version of an order is in every projection of the app, or after `waitMs`. */
  waitFor(orderId: string, version: number, waitMs: number): Promise<Visibility>;
  status(options?: StatusOptions): Promise<ProjectionStatus[]>;
  /** How this instance itself does. */
  standing(): Standing;
  /** Records that this instance has found nothing to do for: without a value, or of a type that its build does not know. */
  passedOver(): readonly PassedOver[];
  parked(page: { after?: ParkedAfter | undefined; limit: number }): Promise<ParkedOrder[]>;
  /** Retries, or with `discardReason` gives up the first of, what is parked of an order. Throws not_parked. */
  release(orderId: string, options?: ReleaseOptions): Promise<Released[]>;
  /** Begins a new generation beside the serving one; asked again while it is under way, it changes nothing. */
  rebuild(name: string): Promise<void>;
  /** Throws wrong_state unless a generation has caught up, rows_differ when it is not the same as the serving one. */
  swap(name: string, options?: { acceptDifferences?: boolean }): Promise<void>;
  rollback(name: string): Promise<void>;
  drop(name: string): Promise<void>;
};

/**
 * Runs projections from a topic into tables: at-least-once delivery, effectively-once effect (README, "Guarantees").
 * Any number of instances may run; they share partitions by the consumer group and are fenced by checkpoints.
 */
export const createProjector = (options: ProjectorOptions): Projector => {
  const { pool, projections, log, onFatal = throwUncaught } = options;
  checkProjections(projections);
  const commits = createSignal();
  const decoder = createDecoder(rememberedSchemas(pool, options.registry));
  const passedOver = createPassedOverTally();
  const feeds = createFeeds({
    ...{ observers: [], ...options, onFatal },
    decoder,
    passedOver,
    onCommitted: () => {
      commits.fire();
    },
    afterRefresh: () => conductRebuilds({ pool, projections, log, look: () => monitor.look() }),
  });
  const monitor = createMonitor({ pool, feeds, log, onFatal });
  const waitFor = createVersionWait(
    pool,
    projections.map(({ name }) => name),
    (ms) => commits.next(ms),
  );
  const change = async (name: string, step: (projection: Projection) => Promise<void>): Promise<void> => {
    const projection = projections.find((known) => known.name === name);
    if (projection === undefined) {
      const names = projections.map((known) => known.name).join(', ');
      throw new ProjectionError('unknown_projection', `There is no projection ${name} here, only ${names}.`);
    }
    await step(projection);
    await feeds.refresh();
  };
  return {
    start: async () => {
      await ensureGenerations(pool, projections);
      await feeds.refresh();
      feeds.keepRefreshing();
      monitor.start();
    },
    stop: async () => {
      monitor.stop();
      await feeds.stop();
      commits.fire();
    },
    check: () => {
      feeds.check();
      monitor.check();
    },
    waitFor,
    status: (statusOptions) => readStatus(pool, monitor, statusOptions),
    standing: () => ({ stuckSeconds: monitor.stuckSeconds(), waitingFeeds: feeds.waiting() }),
    passedOver: () => passedOver.list(),
    parked: ({ after, limit }) => listParked(pool, { after, limit }),
    release: (orderId, releaseOptions = {}) => release({ pool, decoder, projections }, orderId, releaseOptions),
    rebuild: (name) => change(name, (projection) => rebuild(pool, projection)),
    swap: (name, { acceptDifferences = false } = {}) =>
      change(name, (projection) => swap(pool, projection, { acceptDifferences })),
    rollback: (name) => change(name, (projection) => rollback(pool, projection)),
    drop: (name) => change(name, (projection) => drop(pool, projection)),
  };
};

const throwUncaught = (error: Error): void => {
  setImmediate(() => {
    throw error;
  });
};
