import { eventsPerSecondAt, rampSecondsOf, type Profile } from '../traffic/profile.ts';
import type { LoadReport } from '../traffic/tally.ts';
import type { LoadAudit } from '../verdict/audit-load.ts';
import { trendOf, type LagTrend } from '../verdict/lag-trend.ts';
import type { Instruments } from './instruments.ts';
import type { LoadPlan, LoadTarget } from './load-plan.ts';
import type { Delay, LoadResult, SecondOfLoad } from './load-result.ts';
import { commandHop, lagPoints, topicHop } from './second-of-load.ts';

export type SeenOfLoad = {
  readonly plan: LoadPlan;
  readonly target: LoadTarget;
  readonly startedAt: string;
  readonly report: LoadReport;
  readonly isWhole: boolean;
  readonly instruments: Instruments;
  readonly series: readonly SecondOfLoad[];
  readonly troubles: readonly string[];
  /** Why it could not be made, where it could not. */
  readonly audit: LoadAudit | Error;
};

/** A generator whose commands are later than this is part of what it measures. */
const lateMs = 10;
/** Share of the events asked for that may be missing without a note; few come at random anyway. */
const shortBy = 0.02;
const isShort = (events: number, wanted: number): boolean =>
  wanted - events > Math.max(shortBy * wanted, 3 * Math.sqrt(wanted));

export const judgeLoad = (seen: SeenOfLoad): LoadResult => {
  const { plan, target, report, series, instruments } = seen;
  const { seconds, commands, events } = report;
  const wantedEventsPerSecond = meanRate(plan.profile, seconds);
  const audit = seen.audit instanceof Error ? nothingAudited : seen.audit;
  const lag = trends(series, instruments, { from: rampSecondsOf(plan.profile), wantedEventsPerSecond });
  const faults = faultsIn({ ...seen, lag, instruments });
  const generator = {
    cpuUsPerCommand: commands === 0 ? 0 : (report.cpuMs * 1_000) / commands,
    lateMs: report.lateMs,
    isLate: report.lateMs.p99 > lateMs,
  };
  const { commandUrl, projectors, brokers } = target;
  const result = {
    ok: faults.length === 0,
    faults,
    startedAt: seen.startedAt,
    isWhole: seen.isWhole,
    seconds,
    plan,
    target: { commandUrl, projectors, brokers },
    wantedEventsPerSecond,
    eventsPerSecond: events / seconds,
    commandsPerSecond: commands / seconds,
    events,
    commands,
    orders: report.accepted.size,
    first: report.first,
    requests: report.requests,
    unsettled: report.unsettled.size,
    surprises: report.surprises,
    delays: delaysOf(report, instruments),
    generator,
    lag,
    audit,
    series,
  };
  return { ...result, notes: notesOn(seen, result) };
};

const nothingAudited: LoadAudit = {
  compared: 'nothing',
  ok: false,
  ...{ orders: 0, events: 0, seconds: 0, lost: 0, doubled: 0, outOfOrder: 0, amiss: 0, repeated: 0 },
  findings: [],
};

const meanRate = (profile: Profile, seconds: number): number => {
  const from = rampSecondsOf(profile);
  const points = Array.from({ length: 1_000 }, (_, n) => from + (seconds * (n + 0.5)) / 1_000);
  return points.reduce((sum, second) => sum + eventsPerSecondAt(profile, second), 0) / points.length;
};

const trends = (
  series: readonly SecondOfLoad[],
  { topic, visibility }: Instruments,
  { from, wantedEventsPerSecond }: { from: number; wantedEventsPerSecond: number },
): LagTrend[] => {
  const hops = [commandHop, ...(topic === undefined ? [] : [topicHop]), ...visibility.delays.keys()];
  return hops.map((hop) => trendOf(hop, lagPoints(series, hop, from), wantedEventsPerSecond));
};

const delaysOf = ({ settledMs, settledCurve }: LoadReport, { topic, visibility }: Instruments): Delay[] => [
  { of: 'command → answer', percentiles: settledMs, curve: settledCurve },
  ...(topic === undefined
    ? []
    : [{ of: 'commit → record', percentiles: topic.delay.whole(), curve: topic.delay.curve() }]),
  ...[...visibility.delays].map(([name, delay]) => ({
    of: `commit → visible in ${name}`,
    percentiles: delay.whole(),
    curve: delay.curve(),
  })),
];

const faultsIn = ({ report, audit, lag, instruments }: SeenOfLoad & { lag: readonly LagTrend[] }): string[] => {
  const unsettled = report.unsettled.size;
  return [
    ...(audit instanceof Error ? [`not audited: ${audit.message}`] : audit.findings),
    ...(audit instanceof Error || audit.ok || audit.findings.length > 0 ? [] : ['the audit does not call it sound']),
    ...report.surprises.map((what) => `an answer that a sound system does not give: ${what}`),
    ...(unsettled > 0 ? [`${unsettled} orders have a command whose outcome was never learned`] : []),
    ...lag
      .filter(({ grows }) => grows)
      .map(
        ({ hop, slope, last }) =>
          `lag grows at ${hop}: by ${slope.toFixed(1)} events a second, to ${Math.round(last)} events`,
      ),
    ...instruments.visibility.unseen(),
  ];
};

const notesOn = (
  { isWhole, troubles, target, instruments, plan }: SeenOfLoad,
  result: Omit<LoadResult, 'notes'>,
): string[] => {
  const { events, eventsPerSecond, wantedEventsPerSecond, generator, audit, seconds } = result;
  const missing = 1 - eventsPerSecond / wantedEventsPerSecond;
  return [
    ...(isWhole ? [] : [`told to stop after ${seconds.toFixed(0)} s of ${plan.profile.seconds} s`]),
    ...troubles,
    ...[...instruments.visibility.troubles].map(([what, times]) => `reads that went wrong: ${what}, ${times} times`),
    ...(isShort(events, wantedEventsPerSecond * seconds)
      ? [
          `${(missing * 100).toFixed(1)} % of the events asked for did not come about: see failures and commands under way`,
        ]
      : []),
    ...(generator.isLate
      ? [
          `the generator could not keep its schedule: one command in a hundred was sent ${generator.lateMs.p99.toFixed(0)} ms ` +
            'or more after it was due. All times count from then, so they hold this too; look at what else runs here',
        ]
      : []),
    ...result.lag.filter(({ isUnknown }) => isUnknown).map(({ hop }) => `too little was seen of the lag at ${hop}`),
    ...(target.brokers === undefined ? ['no broker was given: records are not measured'] : []),
    ...(audit.compared === 'topic'
      ? ['no database was given: clients and the topic were compared, not the event store and no read model']
      : []),
    ...(target.projectors.length === 0 ? ['no projector was given: no read model is measured'] : []),
  ];
};
