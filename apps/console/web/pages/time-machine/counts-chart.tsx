import { useMemo, type ReactNode } from 'react';
import type { CountsSeries } from '../../../src/shapes.ts';
import type { Line } from '../../elements/chart-options.ts';
import { Labelled } from '../../elements/field.tsx';
import { formatCount, formatInstant, inWords } from '../../elements/format.ts';
import { LazyChart } from '../../elements/lazy-chart.tsx';
import { statusNames } from '../../elements/status-names.ts';
import { within } from './span.ts';

type CountsChartProps = { series: CountsSeries; at: string; onPick: (at: string) => void };

const linesOf = ({ points }: CountsSeries): Line[] =>
  statusNames.map((status) => ({
    label: inWords(status),
    colour: `--status-${status.toLowerCase()}`,
    values: points.map(({ counts }) => counts[status]),
  }));

/** A click on the chart picks an instant; so does the slider below it, for whoever has no mouse. */
export const CountsChart = ({ series, at, onPick }: CountsChartProps): ReactNode => {
  const times = useMemo(() => series.points.map((point) => new Date(point.at).getTime() / 1_000), [series]);
  const lines = useMemo(() => linesOf(series), [series]);
  const [from, to] = [new Date(series.from).getTime(), new Date(series.to).getTime()];
  return (
    <div className="stack tight">
      <LazyChart
        label="Orders in each status over time; click an instant for its orders"
        times={times}
        lines={lines}
        format={formatCount}
        atLeast={5}
        height={300}
        onPick={(seconds) => onPick(within(series, seconds * 1_000))}
      />
      <Labelled label={`Instant: ${formatInstant(at)} UTC`}>
        {(ids) => (
          <input
            {...ids}
            type="range"
            min={from}
            max={to}
            step={Math.max(1, Math.round((to - from) / 240))}
            value={new Date(at).getTime()}
            aria-valuetext={`${formatInstant(at)} UTC`}
            onChange={({ target }) => onPick(within(series, target.valueAsNumber))}
          />
        )}
      </Labelled>
    </div>
  );
};
