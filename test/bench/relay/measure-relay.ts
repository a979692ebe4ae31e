import { reportRounds, type ComparisonResult, type Figures } from '../measure-arms.ts';
import { ofRounds, quietRounds } from '../quiet-rounds.ts';
import { appendSteadily } from './append-steadily.ts';
import { writeBacklog } from './backlog-rows.ts';
import { withDefaults } from './connector.ts';
import { makeShard, withBenchTopic, type OutboxShard, type RelayServers } from './outbox-shard.ts';
import { watchTopic, type WatchedTopic } from './watch-topic.ts';

export type RelayEffort = { rounds: number; rate: number; seconds: number; backlog: number };
type Relayed = { readonly p50: number; readonly p99: number; readonly drained: number };

const ours = 'as configured';
const defaults = "Debezium's defaults";

/**
 * The relay as configured against the same with Debezium's defaults, an orders database and a connector each, one of them
 * running at a time: delays of appends at a steady rate, from the append's answer to a consumer, and then the rate at which a
 * backlog of rows, each a transaction of its own, comes through, from its first record to its last.
 */
export const measureRelay = (
  servers: RelayServers,
  effort: RelayEffort,
  report: (result: ComparisonResult) => void,
): Promise<void> =>
  withBenchTopic(servers, async () => {
    const shards = { [ours]: await makeShard(servers), [defaults]: await makeShard(servers, withDefaults) };
    const topic = await watchTopic(servers);
    try {
      // Java is slow until it has compiled what it does: the first round is for that.
      for (const shard of Object.values(shards)) await relay(shard, topic, effort);
      const rounds = await quietRounds(effort.rounds, async (nth) => {
        const arms = Object.entries(shards);
        const relayed = new Map<string, Relayed>();
        for (const [name, shard] of nth % 2 === 0 ? arms : arms.toReversed()) {
          relayed.set(name, await relay(shard, topic, effort));
        }
        return relayed;
      });
      const figures = (of: (one: Relayed) => number, title: string, unit: string): void => {
        const part = (round: ReadonlyMap<string, Relayed>): Figures =>
          Object.fromEntries(Object.keys(shards).map((name) => [name, of(round.get(name) as Relayed)]));
        report(reportRounds({ title, unit, against: defaults }, ofRounds(rounds, part)));
      };
      figures(({ p50 }) => p50, `delay at ${effort.rate} events/s, p50`, 'ms');
      figures(({ p99 }) => p99, `delay at ${effort.rate} events/s, p99`, 'ms');
      figures(({ drained }) => drained, `a backlog of ${effort.backlog.toLocaleString('en')} rows`, 'events/s');
    } finally {
      await topic.stop();
      await Promise.all(Object.values(shards).map((shard) => shard.drop()));
    }
  });

const relay = async (shard: OutboxShard, topic: WatchedTopic, effort: RelayEffort): Promise<Relayed> => {
  await shard.resume();
  const { p50, p99 } = await delays(shard, topic, effort);
  await shard.halt();
  await writeBacklog(shard.admin, effort.backlog);
  topic.forget();
  await shard.resume();
  await topic.arrived(effort.backlog);
  await shard.halt();
  const times = [...topic.arrivals.values()];
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  return { p50, p99, drained: ((times.length - 1) / (last - first)) * 1_000 };
};

const delays = async (
  { store }: OutboxShard,
  topic: WatchedTopic,
  { rate, seconds }: RelayEffort,
): Promise<Pick<Relayed, 'p50' | 'p99'>> => {
  topic.forget();
  const warmUp = await appendSteadily([store], { rate, seconds: seconds / 2 });
  await topic.arrived(warmUp.size);
  topic.forget();
  const commits = await appendSteadily([store], { rate, seconds });
  await topic.arrived(commits.size);
  const sorted = [...commits]
    .map(([eventId, at]) => (topic.arrivals.get(eventId) ?? Number.NaN) - at)
    .toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { p50: quantile(0.5), p99: quantile(0.99) };
};
