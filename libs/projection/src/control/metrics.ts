import { Gauge, type Registry } from 'prom-client';
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

/** Shows each generation's figures, of all instances together, asked for when they are scraped. */
export const exposeMetrics = (projector: Pick<Projector, 'status'>, registry: Registry): void => {
  const gauges = figures.map(({ name, help, of }) => ({
    gauge: new Gauge({ name, help, labelNames, registers: [] }),
    of,
  }));
  for (const [at, { gauge }] of gauges.entries()) {
    registry.registerMetric(gauge);
    // The first to be collected asks for all of them.
    if (at === 0) Object.assign(gauge, { collect: () => setAll(projector, gauges) });
  }
};

type Figures = readonly {
  gauge: Gauge<(typeof labelNames)[number]>;
  of: (status: ProjectionStatus) => number | undefined;
}[];

const setAll = async (projector: Pick<Projector, 'status'>, gauges: Figures): Promise<void> => {
  const statuses = await projector.status().catch(() => []);
  for (const { gauge, of } of gauges) {
    gauge.reset();
    for (const status of statuses) {
      const value = of(status);
      const labels = { projection: status.name, generation: String(status.generation), state: status.state };
      if (value !== undefined) gauge.set(labels, value);
    }
  }
};
