import { Counter, Gauge, type Registry } from 'prom-client';
import type { Projector } from '../projector.ts';
import type { ProjectionStatus } from '../status.ts';

const labelNames = ['projection', 'generation', 'state'] as const;

const figures: readonly { name: string; help: string; of: (status: ProjectionStatus) => number | undefined }[] = [
  { name: 'projection_lag_events', help: 'Records of the topic not yet applied', of: (status) => status.lagEvents },
  {
    name: 'projection_lag_seconds',
    help: 'Age of the last record applied, where others wait',
    of: (status) => status.lagSeconds,
  },
  { name: 'projection_applied_events', help: 'Events applied so far', of: (status) => status.applied },
  {
    name: 'projection_duplicate_events',
    help: 'Events passed over as applied before',
    of: (status) => status.duplicates,
  },
  { name: 'projection_parked_orders', help: 'Orders that wait for somebody to look', of: (status) => status.parked },
  {
    name: 'projection_verified_timestamp_seconds',
    help: 'When the generation was last compared with the serving one and found equal',
    of: ({ verifiedAt, comparison }) =>
      verifiedAt === null || comparison?.differing !== 0 ? undefined : verifiedAt.getTime() / 1_000,
  },
];

/** Shows each generation's figures, of all instances together, and what this one has passed over, when they are scraped. */
export const exposeMetrics = (projector: Pick<Projector, 'status' | 'passedOver'>, registry: Registry): void => {
  exposePassedOver(projector, registry);
  const askOnce = sharedWhileAsking(() => projector.status().catch(() => []));
  for (const { name, help, of } of figures) {
    const gauge: Gauge<(typeof labelNames)[number]> = new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect: async () => {
        const statuses = await askOnce();
        gauge.reset();
        for (const status of statuses) {
          const value = of(status);
          const labels = { projection: status.name, generation: String(status.generation), state: status.state };
          if (value !== undefined) gauge.set(labels, value);
        }
      },
    });
  }
};

const exposePassedOver = (projector: Pick<Projector, 'passedOver'>, registry: Registry): void => {
  const counter: Counter<'feed' | 'why'> = new Counter({
    name: 'projection_passed_over_records_total',
    help: 'Records without a value or of an unknown event type, met by this instance',
    labelNames: ['feed', 'why'],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const { feed, why, records } of projector.passedOver()) counter.inc({ feed, why }, records);
    },
  });
};

/** The gauges of one scrape are collected at once and share one answer. */
const sharedWhileAsking = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asking: Promise<T> | undefined;
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
};
