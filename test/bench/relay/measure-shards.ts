import { reportRounds, type ComparisonResult, type Figures } from '../measure-arms.ts';
import { cpuSeconds } from '../process-usage.ts';
import { ofRounds, quietRounds } from '../quiet-rounds.ts';
import { appendSteadily } from './append-steadily.ts';
import { makeShard, withBenchTopic, type OutboxShard, type RelayServers } from './outbox-shard.ts';
import { recordsOnTopic } from './watch-topic.ts';
import { eventually } from '@orderline/testing';

export type ShardsEffort = { rounds: number; rate: number; seconds: number };
/** Of the servers whose time is counted, by name. */
export type Servers = RelayServers & { readonly processes: Readonly<Record<string, number>> };

const alone = 'one shard';
const both = 'two shards';

/**
 * The same rate of appends to one orders database and to two, each with a slot and a connector, all onto one topic: the CPU
 * that an event costs from the append to its record. Both databases are of one server, each of whose two relays reads the
 * log of both: on servers of their own they would read half of it. Throws unless every event is on the topic once.
 */
export const measureShards = (
  servers: Servers,
  effort: ShardsEffort,
  report: (result: ComparisonResult) => void,
): Promise<void> =>
  withBenchTopic(servers, async () => {
    const shards = [await makeShard(servers), await makeShard(servers)] as const;
    try {
      const arms = { [alone]: [shards[0]], [both]: shards };
      for (const arm of Object.values(arms)) await perEvent(servers, arm, effort);
      const rounds = await quietRounds(effort.rounds, async (nth) => {
        const costs = new Map<string, Figures>();
        const turns = Object.entries(arms);
        for (const [name, arm] of nth % 2 === 0 ? turns : turns.toReversed()) {
          costs.set(name, await perEvent(servers, arm, effort));
        }
        return costs;
      });
      for (const process of Object.keys(rounds.kept[0]?.get(alone) ?? {})) {
        const part = (costs: ReadonlyMap<string, Figures>): Figures =>
          Object.fromEntries(Object.keys(arms).map((name) => [name, costs.get(name)?.[process] ?? Number.NaN]));
        const title = `CPU per event at ${effort.rate} events/s: ${process}`;
        report(reportRounds({ title, unit: 'µs', against: alone }, ofRounds(rounds, part)));
      }
    } finally {
      await Promise.all(shards.map((shard) => shard.drop()));
    }
  });

/** Microseconds of each process, and of all; `writer` is this one. */
const perEvent = async (
  servers: Servers,
  shards: readonly OutboxShard[],
  { rate, seconds }: ShardsEffort,
): Promise<Figures> => {
  await Promise.all(shards.map((shard) => shard.resume()));
  const stores = shards.map(({ store }) => store);
  await relayed(servers, () => appendSteadily(stores, { rate, seconds: seconds / 2 }));
  const spent = (): number[] => {
    const { user, system } = process.cpuUsage();
    return [...Object.values(servers.processes).map(cpuSeconds), (user + system) / 1_000_000];
  };
  const before = spent();
  const events = await relayed(servers, () => appendSteadily(stores, { rate, seconds }));
  const costs = spent().map((after, at) => ((after - (before[at] ?? 0)) / events) * 1_000_000);
  await Promise.all(shards.map((shard) => shard.halt()));
  const names = [...Object.keys(servers.processes), 'writer'];
  return {
    'all together': costs.reduce((sum, cost) => sum + cost, 0),
    ...Object.fromEntries(names.map((name, at) => [name, costs[at] ?? Number.NaN])),
  };
};

/** Resolves with the number of events when all are on the topic. */
const relayed = async (servers: RelayServers, write: () => Promise<ReadonlyMap<string, number>>): Promise<number> => {
  const before = await recordsOnTopic(servers);
  const { size } = await write();
  await eventually(
    async () => {
      const come = (await recordsOnTopic(servers)) - before;
      if (come !== size) throw new Error(`${come} records of ${size} events are on the topic`);
    },
    { withinMs: 30_000, everyMs: 100 },
  );
  return size;
};
