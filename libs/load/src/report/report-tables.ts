import type { LoadResult } from '../run/load-result.ts';
import { failuresIn } from '../run/second-of-load.ts';
import type { LagTrend } from '../verdict/lag-trend.ts';

/** Rows of text under a head, for a terminal as for a page. */
export type ReportTable = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** The line that counts. */
export const verdictLine = ({ audit, lag }: LoadResult): string => {
  const { lost, doubled, outOfOrder, amiss, compared } = audit;
  const others = amiss === 0 ? '' : `, otherwise amiss ${amiss}`;
  const growing = lag.filter(({ grows }) => grows).map(({ hop }) => hop);
  const audited =
    compared === 'nothing' ? 'not audited' : `lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}${others}`;
  const steady = lag.every(({ isUnknown }) => isUnknown) ? 'was seen too short to tell' : 'does not grow';
  return `${audited}; lag ${growing.length === 0 ? steady : `GROWS at ${growing.join(', ')}`}`;
};

export const reportTables = (result: LoadResult): ReportTable[] => [
  rates(result),
  outcomes(result),
  delays(result),
  lags(result),
];

const rates = ({ events, commands, orders, ...result }: LoadResult): ReportTable => ({
  title: 'What was done',
  head: ['', 'a second', 'in all'],
  rows: [
    ['events asked for', figure(result.wantedEventsPerSecond), figure(result.wantedEventsPerSecond * result.seconds)],
    ['events', figure(result.eventsPerSecond), figure(events)],
    ['commands', figure(result.commandsPerSecond), figure(commands)],
    ['orders, ramp included', '', figure(orders)],
    ['events a day at this rate', '', `${((result.eventsPerSecond * 86_400) / 1e6).toFixed(1)} million`],
    ['generator, CPU per command', '', `${result.generator.cpuUsPerCommand.toFixed(0)} µs`],
  ],
});

const outcomes = ({ first, requests, unsettled, surprises }: LoadResult): ReportTable => ({
  title: 'What became of the commands',
  head: ['', 'first request', 'all requests'],
  rows: [
    ...Object.entries(first).map(([outcome, n]) => [
      outcome === 'refused' ? 'refused by a rule, as foreseen' : outcome,
      figure(n),
      figure(requests[outcome as keyof typeof requests]),
    ]),
    ['sent again with the same key', '', figure(repeats(first, requests))],
    ['outcome never learned', '', figure(unsettled)],
    ['answers not as foreseen', '', figure(surprises.length)],
  ],
});

const repeats = (first: LoadResult['first'], requests: LoadResult['requests']): number =>
  requests.accepted + requests.refused + failuresIn(requests) - (first.accepted + first.refused + failuresIn(first));

const delays = ({ delays: measured, generator }: LoadResult): ReportTable => ({
  title: 'Times, in ms',
  head: ['', 'measured', 'p50', 'p90', 'p99', 'p99.9', 'max'],
  rows: [...measured, { of: '(sent late by the generator)', percentiles: generator.lateMs }].map(
    ({ of, percentiles: { count, p50, p90, p99, p999, max } }) => [
      of,
      figure(count),
      ...[p50, p90, p99, p999, max].map((ms) => (count === 0 ? '–' : ms.toFixed(1))),
    ],
  ),
});

const lags = ({ lag }: LoadResult): ReportTable => ({
  title: 'Lag, in events; it grows where the slope of the second half is above the threshold',
  head: ['', 'most', 'at the end', 'slope a second', 'threshold', ''],
  rows: lag.map(({ hop, most, last, slope, threshold, ...trend }) => [
    ...[hop, figure(most), figure(last)],
    ...[slope.toFixed(2), threshold.toFixed(2), trendWord(trend)],
  ]),
});

const trendWord = ({ grows, isUnknown }: Pick<LagTrend, 'grows' | 'isUnknown'>): string => {
  if (isUnknown) return 'too short to tell';
  return grows ? 'GROWS' : 'steady';
};

const figure = (value: number): string => Math.round(value).toLocaleString('en-US');
