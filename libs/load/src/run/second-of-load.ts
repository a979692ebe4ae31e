import { eventsPerSecondAt, type Profile } from '../traffic/profile.ts';
import type { Counts, Tick } from '../traffic/tally.ts';
import type { LagPoint } from '../verdict/lag-trend.ts';
import type { Instruments } from './instruments.ts';
import type { SecondOfLoad } from './load-result.ts';

/** Hops before the read models, by the names under which their lag is told. */
export const commandHop = 'order-command';
export const topicHop = 'relay and Kafka';

/** What the generator and all instruments say of the second that has just passed. */
export const secondOf = (tick: Tick, second: number, seen: Instruments & { profile: Profile }): SecondOfLoad => {
  const { topic, visibility, lag, profile } = seen;
  const perSecond = (count: number): number => count / Math.max(tick.seconds, 0.001);
  const record = topic?.delay.lately();
  const wantedEvents = eventsPerSecondAt(profile, second);
  const lags = [...visibility.delays.keys()].map((name): [string, number | undefined] => [name, lag.lagOf(name)]);
  const topicLagMs = topic && topicLagMsOf(topic.newestAt(), record?.count === 0 ? undefined : record?.p50, tick);
  return {
    second,
    wantedEvents,
    events: perSecond(tick.events),
    commands: perSecond(tick.commands),
    failures: failuresIn(tick.requests),
    underWay: tick.underWay,
    command: tick.settledMs,
    late: tick.lateMs,
    record,
    visible: Object.fromEntries([...visibility.delays].map(([name, delay]) => [name, delay.lately()])),
    lag: Object.fromEntries(
      [
        [commandHop, tick.underWay] as const,
        [topicHop, topicLagMs === undefined ? undefined : (topicLagMs / 1_000) * perSecond(tick.events)] as const,
        ...lags,
      ].filter((entry): entry is [string, number] => entry[1] !== undefined),
    ),
    cpu: tick.cpuMs / 1_000 / Math.max(tick.seconds, 0.001),
  };
};

/** Requests that were neither accepted nor refused by a rule. */
export const failuresIn = (requests: Counts): number =>
  requests['too busy'] + requests.unavailable + requests['server error'] + requests.unanswered;

/**
 * How long records take (in events: times the rate, by Little's law). In a second in which none came though events were
 * recorded, it is the age of the newest one.
 */
const topicLagMsOf = (newestAt: number, delayMs: number | undefined, { at, events }: Tick): number =>
  delayMs ?? (events === 0 ? 0 : Math.max(0, at - newestAt));

/** What one hop was behind, second by second, from a second on. */
export const lagPoints = (series: readonly SecondOfLoad[], hop: string, from: number): LagPoint[] =>
  series.flatMap(({ second, lag }) => {
    const events = lag[hop];
    return events === undefined || second < from ? [] : [{ second, events }];
  });
