import type { Percentiles } from '../traffic/latency.ts';
import type { LoadResult, SecondOfLoad } from '../run/load-result.ts';

/** A plot as uPlot takes it, in plain JSON: x first, then one list per line; null is a gap. */
export type Chart = {
  readonly title: string;
  readonly unit: string;
  readonly x: string;
  /** Logarithmic, for times that differ by orders of magnitude. */
  readonly isLog?: boolean;
  readonly lines: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  /** Marks of the x axis, where they are not its own numbers. */
  readonly marks?: readonly (readonly [at: number, text: string])[];
};

/** Everything of a run that is worth a look, second by second, and how each of its times is distributed. */
export const chartsOf = ({ series, delays }: LoadResult): Chart[] => {
  const projectors = Object.keys(series[0]?.visible ?? {});
  const hops = [...new Set(series.flatMap(({ lag }) => Object.keys(lag)))];
  const over = (title: string, unit: string, lines: Lines): Chart => ({
    ...{ title, unit, x: 's', lines: Object.keys(lines), isLog: unit === 'ms' },
    values: [series.map(({ second }) => round(second)), ...Object.values(lines).map((pick) => series.map(pick))],
  });
  return [
    over('Rate', 'a second', {
      'events asked for': ({ wantedEvents }) => round(wantedEvents),
      events: ({ events }) => round(events),
      commands: ({ commands }) => round(commands),
      'requests without success': ({ failures }) => failures,
    }),
    over(
      'Command, from when it was due to its answer',
      'ms',
      times(({ command }) => command),
    ),
    over(
      'Commit to record on the topic',
      'ms',
      times(({ record }) => record),
    ),
    ...projectors.map((name) =>
      over(
        `Commit to visible in ${name} (sampled)`,
        'ms',
        times(({ visible }) => visible[name]),
      ),
    ),
    over('Lag', 'events', Object.fromEntries(hops.map((hop) => [hop, ({ lag }) => round(lag[hop] ?? null)]))),
    over('The generator', '', {
      'cores used': ({ cpu }) => round(cpu, 1_000),
      'late, p99 ms': ({ late }) => timeOf(late, 'p99'),
    }),
    distribution(delays),
  ];
};

type Lines = Readonly<Record<string, (second: SecondOfLoad) => number | null>>;

const times = (pick: (second: SecondOfLoad) => Percentiles | undefined): Lines => ({
  p50: (second) => timeOf(pick(second), 'p50'),
  p99: (second) => timeOf(pick(second), 'p99'),
  'p99.9': (second) => timeOf(pick(second), 'p999'),
  max: (second) => timeOf(pick(second), 'max'),
});

/** Nothing measured is a gap; a logarithmic axis has no zero. */
const timeOf = (percentiles: Percentiles | undefined, which: 'p50' | 'p99' | 'p999' | 'max'): number | null =>
  percentiles === undefined || percentiles.count === 0 ? null : Math.max(0.1, round(percentiles[which]));

function round(value: number, to?: number): number;
function round(value: number | null, to?: number): number | null;
function round(value: number | null, to = 100): number | null {
  return value === null ? null : Math.round(value * to) / to;
}

/** By nines, as HdrHistogram's plots have it: 90 %, 99 %, 99.9 % are equally far apart. */
const nines = (percent: number): number => round(-Math.log10(1 - percent / 100), 10_000);

const distribution = (delays: LoadResult['delays']): Chart => {
  const percents = [...new Set(delays.flatMap(({ curve }) => curve.map(([percent]) => percent)))].toSorted(
    (a, b) => a - b,
  );
  return {
    title: 'How times are distributed',
    unit: 'ms',
    x: 'percentile',
    isLog: true,
    lines: delays.map(({ of }) => of),
    values: [
      percents.map(nines),
      ...delays.map(({ curve }) => {
        const byPercent = new Map(curve);
        return percents.map((percent) => {
          const ms = byPercent.get(percent);
          return ms === undefined ? null : Math.max(0.1, round(ms));
        });
      }),
    ],
    marks: [0, 50, 90, 99, 99.9, 99.99, 99.999].map((percent) => [nines(percent), `${percent} %`]),
  };
};
