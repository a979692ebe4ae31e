import { Inject, Injectable } from '@nestjs/common';
import { Counter, Gauge, METRICS, type Registry } from '@orderline/service-host';
import { relayStates } from '../judging/judge.ts';
import type { SlotState } from '../slot/slot.ts';
import { Supervisor, type Seen } from './supervisor.ts';

type Figure = { readonly name: string; readonly help: string; readonly of: (seen: Seen) => number | undefined };

const slotOf = ({ observation: { slot } }: Seen): SlotState | undefined =>
  typeof slot === 'object' ? slot : undefined;
const ageOf = (at: number | undefined): number | undefined =>
  at === undefined ? undefined : Math.max(0, (Date.now() - at) / 1_000);

const figures: readonly Figure[] = [
  {
    name: 'wal_retained_bytes',
    help: 'WAL that the server keeps for the slot',
    of: (seen) => slotOf(seen)?.retainedBytes,
  },
  {
    name: 'wal_retained_limit_bytes',
    help: 'WAL that the server keeps for it at most, before it gives the slot up',
    of: (seen) => slotOf(seen)?.limitBytes ?? undefined,
  },
  { name: 'slot_lag_bytes', help: 'WAL that the slot has not confirmed', of: (seen) => slotOf(seen)?.lagBytes },
  {
    name: 'slot_active',
    help: 'Whether somebody reads from the slot',
    of: (seen) => Number(slotOf(seen)?.active === true),
  },
  {
    name: 'heartbeat_age_seconds',
    help: 'Since the last heartbeat came to Kafka',
    of: ({ observation }) => ageOf(observation.lastHeartbeatAt),
  },
  {
    name: 'loss_open',
    help: 'Whether events may be missing on the topic that nobody has sent again yet',
    of: ({ observation, loss }) => Number(observation.loss !== undefined || loss !== undefined),
  },
  {
    name: 'delivered_age_seconds',
    help: 'Since the last commit that is known to be on Kafka; heartbeats are commits, so some seconds at rest',
    of: ({ observation }) => ageOf(observation.lastDelivered?.at ?? undefined),
  },
  {
    name: 'topic_offsets',
    help: 'Ends of the log of all partitions of the topic together: its rate is that of records',
    of: ({ observation }) => observation.topicEnd,
  },
  {
    name: 'look_age_seconds',
    help: 'Since the supervisor last looked',
    of: ({ observation }) => ageOf(observation.at),
  },
];

/** Shows the last look when it is scraped. A figure that nobody could read is left out, never shown as 0. */
@Injectable()
export class RelayMetrics {
  constructor(@Inject(Supervisor) supervisor: Supervisor, @Inject(METRICS) registry: Registry) {
    for (const { name, help, of } of figures) {
      const gauge: Gauge = new Gauge({
        name: `orderline_relay_${name}`,
        help,
        registers: [registry],
        collect: () => {
          const seen = supervisor.lastSeen();
          const value = seen && of(seen);
          gauge.reset();
          if (value === undefined) gauge.remove();
          else gauge.set(value);
        },
      });
    }
    exposeState(supervisor, registry);
    exposeRestarts(supervisor, registry);
  }
}

const exposeState = (supervisor: Supervisor, registry: Registry): void => {
  const gauge: Gauge<'state'> = new Gauge({
    name: 'orderline_relay_state',
    help: '1 for the state that the relay is in',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      for (const state of relayStates) gauge.set({ state }, Number(supervisor.lastSeen()?.state === state));
    },
  });
};

const exposeRestarts = (supervisor: Supervisor, registry: Registry): void => {
  const counter: Counter = new Counter({
    name: 'orderline_relay_restarts_total',
    help: 'Restarts of the connector by this process',
    registers: [registry],
    collect: () => {
      counter.reset();
      counter.inc(supervisor.lastSeen()?.restarts ?? 0);
    },
  });
};
