import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Line } from './chart-options.ts';
import { unknown } from './format.ts';
import { usePlot } from './use-plot.ts';

type ChartProps = {
  /** What a screen reader says of the picture. */
  label: string;
  /** Seconds since 1970, rising. */
  times: number[];
  lines: Line[];
  format: (value: number) => string;
  atLeast: number;
  height?: number;
  onPick?: (time: number) => void;
};

const nothing: ReadonlySet<string> = new Set();

/** Lines over time, by uPlot, with a legend whose entries hide and show a line and say its value under the cursor, else the latest. */
export const Chart = ({ label, times, lines, format, atLeast, height = 220, onPick }: ChartProps): ReactNode => {
  const place = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState(nothing);
  const [cursor, setCursor] = useState<number | null>(null);
  const plot = usePlot(place, {
    times,
    lines,
    format,
    atLeast,
    height,
    onCursor: setCursor,
    onPick: (time) => onPick?.(time),
  });
  useEffect(() => {
    lines.forEach((line, index) => {
      const show = !hidden.has(line.label);
      if (plot?.series[index + 1]?.show !== show) plot?.setSeries(index + 1, { show });
    });
  }, [plot, lines, hidden]);
  return (
    <figure className="chart">
      <div ref={place} role="img" aria-label={label} data-picks={onPick !== undefined} />
      <ul className="legend plain">
        {lines.map((line) => (
          <li key={line.label}>
            <button
              type="button"
              className="quiet"
              aria-pressed={!hidden.has(line.label)}
              onClick={() => setHidden(toggled(hidden, line.label))}
            >
              <i style={{ background: `var(${line.colour})` }} />
              {line.label} <span className="figures soft">{valueOf(line, cursor, format)}</span>
            </button>
          </li>
        ))}
      </ul>
    </figure>
  );
};

const toggled = (hidden: ReadonlySet<string>, name: string): ReadonlySet<string> =>
  hidden.has(name) ? new Set([...hidden].filter((other) => other !== name)) : new Set([...hidden, name]);

const valueOf = ({ values }: Line, cursor: number | null, format: (value: number) => string): string => {
  const value = values.at(cursor ?? -1);
  return typeof value === 'number' ? format(value) : unknown;
};
