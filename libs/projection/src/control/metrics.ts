import { Counter, Gauge, type Registry } from 'prom-client';
import type { Projector } from '../projector.ts';
import type { ProjectionStatus } from '../status.ts';
import { knownStatuses, type KnownStatuses } from './known-statuses.ts';

const labelNames = ['projection', 'generation', 'state'] as const;
type Figure = {
  readonly name: string;
  readonly help: string;
  /** Left out where there is none. */
  readonly of: (status: ProjectionStatus) => number | null | undefined;
};

const gauges: readonly Figure[] = [
  { name: 'lag_events', help: 'Records of the topic not yet applied', of: (status) => status.lagEvents },
  { name: 'lag_seconds', help: 'Age of the last record applied, where others wait', of: (status) => status.lagSeconds },
  { name: 'parked_orders', help: 'Orders that wait for somebody to look', of: (status) => status.parked },
  {
    name: 'rebuild_ratio',
    help: 'How much of the topic a generation that is being filled has taken in, 0 to 1',
    of: ({ rebuild }) => rebuild && rebuild.percent / 100,
  },
  {
    name: 'rebuild_left_seconds',
    help: 'How long the filling will take from now on, at the present rate',
    of: ({ rebuild }) => rebuild?.secondsLeft,
  },
  {
    name: 'verified_timestamp_seconds',
    help: 'When the generation was last compared with another one, built anew, and found equal',
    of: ({ verifiedAt, comparison }) =>
      verifiedAt === null || comparison?.differing !== 0 ? undefined : verifiedAt.getTime() / 1_000,
  },
];

const counters: readonly Figure[] = [
  { name: 'applied_events_total', help: 'Events applied', of: (status) => status.applied },
  { name: 'duplicate_events_total', help: 'Events passed over as applied before', of: (status) => status.duplicates },
];

type Told = Pick<Projector, 'status' | 'passedOver' | 'standing'>;

/**
 * Shows, when it is scraped, each generation's figures, of all instances together, and how this instance itself does.
 * A broker or database that does not answer is not waited for: what was last known is shown, and how old it is.
 */
export const exposeMetrics = (projector: Told, registry: Registry): void => {
  const known = knownStatuses(() => projector.status({ patienceMs: 100 }));
  for (const figure of [...gauges, ...counters]) exposeFigure(figure, known, registry);
  exposeAge(known, registry);
  exposeStanding(projector, registry);
  exposePassedOver(projector, registry);
};

type Known = () => Promise<KnownStatuses | undefined>;

const exposeFigure = ({ name, help, of }: Figure, known: Known, registry: Registry): void => {
  const settings = { name: `orderline_projection_${name}`, help, labelNames, registers: [registry] };
  const collect = async (): Promise<void> => {
    const statuses = (await known())?.statuses ?? [];
    metric.reset();
    for (const status of statuses) {
      const value = of(status);
      const labels = { projection: status.name, generation: String(status.generation), state: status.state };
      if (typeof value === 'number') metric.inc(labels, value);
    }
  };
  const metric = name.endsWith('_total') ? new Counter({ ...settings, collect }) : new Gauge({ ...settings, collect });
};

const exposeAge = (known: Known, registry: Registry): void => {
  const gauge: Gauge = new Gauge({
    name: 'orderline_projection_status_age_seconds',
    help: 'How old the figures of the generations are: above 0 while the database does not answer',
    registers: [registry],
    collect: async () => {
      const at = (await known())?.at;
      gauge.remove();
      if (at !== undefined) gauge.set(Math.max(0, (Date.now() - at) / 1_000));
    },
  });
};

const exposeStanding = (projector: Pick<Projector, 'standing'>, registry: Registry): void => {
  const stuck: Gauge = new Gauge({
    name: 'orderline_projection_stuck_seconds',
    help: 'For how long records have waited for this instance without anything moving, with no known cause',
    registers: [registry],
    collect: () => {
      stuck.set(projector.standing().stuckSeconds);
    },
  });
  const waiting: Gauge = new Gauge({
    name: 'orderline_projection_waiting_feeds',
    help: 'Consumers of this instance that wait for a broker, the registry or the database',
    registers: [registry],
    collect: () => {
      waiting.set(projector.standing().waitingFeeds);
    },
  });
};

const exposePassedOver = (projector: Pick<Projector, 'passedOver'>, registry: Registry): void => {
  const counter: Counter<'feed' | 'why'> = new Counter({
    name: 'orderline_projection_passed_over_records_total',
    help: 'Records without a value or of an unknown event type, met by this instance',
    labelNames: ['feed', 'why'],
    registers: [registry],
    collect: () => {
      counter.reset();
      for (const { feed, why, records } of projector.passedOver()) counter.inc({ feed, why }, records);
    },
  });
};
