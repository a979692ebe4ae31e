import { withBacklog, type BacklogServers } from './backlog/backlog-servers.ts';
import { childRound } from './backlog/child-round.ts';
import { deduplicationState } from './backlog/deduplication-state.ts';
import { drain, type Drained } from './backlog/drain.ts';
import { makeReadModel, type ProjectorName, type ReadModel } from './backlog/read-model.ts';
import type { Effort } from './effort.ts';
import { measureArms, reportFigures, type Arm, type ComparisonResult } from './measure-arms.ts';

type Report = (result: ComparisonResult) => void;

const projectors: readonly ProjectorName[] = ['order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'];
/** One by one they take so long that a part of the backlog has to do. */
const shareOneByOne = 50;
const byKit = 'the projector';
const oneByOne = 'event by event';

/**
 * A backlog of interleaved order lives on the topic, from Kafka to committed rows: each projector's app as a process of its
 * own, against a consumer that only decodes and a writer that commits event by event (its first fiftieth).
 */
export const run = (report: Report, effort: Effort): Promise<void> =>
  withBacklog(effort.events, async (servers) => {
    for (const name of projectors.filter((one) => effort.only === undefined || effort.only === one)) {
      await measureProjector(name, servers, { report, effort });
    }
  });

const measureProjector = async (
  name: ProjectorName,
  servers: BacklogServers,
  { report, effort }: { report: Report; effort: Effort },
): Promise<void> => {
  const { events } = effort;
  const { brokers } = servers;
  const drained: Drained[] = [];
  let state = new Map<string, number>();
  const fresh = async (work: (readModel: ReadModel) => Promise<number>): Promise<number> => {
    const readModel = await makeReadModel(servers.adminUrl, name);
    try {
      return await work(readModel);
    } finally {
      await readModel.drop();
    }
  };
  const arms: Arm[] = [
    {
      name: oneByOne,
      round: () =>
        fresh(({ folder, appUrl }) =>
          childRound('event-by-event.ts', { brokers, events: Math.ceil(events / shareOneByOne), folder, appUrl }),
        ),
    },
    { name: 'decoding only', round: () => childRound('decode-only.ts', { brokers, events }) },
    {
      name: byKit,
      round: () =>
        fresh(async (readModel) => {
          const one = await drain(readModel, servers, events);
          drained.push(one);
          state = await deduplicationState(readModel, events);
          return one.eventsPerSecond;
        }),
    },
  ];
  const rounds = Math.min(effort.rounds, 3);
  report(await measureArms({ title: name, unit: 'events/s', arms, against: oneByOne, rounds, warmUp: false }));
  report(reportFigures(`${name}: CPU per event`, 'µs', spent(drained)));
  report(reportFigures(`${name}: memory of the projector`, 'MB', held(drained)));
  report(reportFigures(`${name}: deduplication table`, '', Object.fromEntries([...state].map(([k, v]) => [k, [v]]))));
};

const spent = (drained: readonly Drained[]): Record<string, number[]> => ({
  projector: drained.map(({ cpu }) => cpu.projector),
  postgres: drained.map(({ cpu }) => cpu.postgres),
  kafka: drained.map(({ cpu }) => cpu.kafka),
});

const held = (drained: readonly Drained[]): Record<string, number[]> => ({
  'when it has its partitions': drained.map(({ megabytes }) => megabytes.atFirst),
  'at most': drained.map(({ megabytes }) => megabytes.atMost),
});
