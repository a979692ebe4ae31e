import uPlot from 'uplot';

/** `colour` is the name of a custom property of style/theme.css. A null is a gap. */
export type Line = { label: string; values: (number | null)[]; colour: string };

export type Drawing = {
  lines: Pick<Line, 'label' | 'colour'>[];
  format: (value: number) => string;
  /** The value axis reaches at least so high: what is still is drawn at its foot, not in thousandths. */
  atLeast: number;
  width: number;
  height: number;
  onCursor: (index: number | null) => void;
  onPick: (time: number) => void;
};

const font = '12px system-ui, sans-serif';

/** A canvas does not know custom properties, nor light-dark(): an element in sight tells what they come to. */
const colourOf = (property: string, within: Element): string => {
  const probe = within.appendChild(document.createElement('i'));
  probe.style.color = `var(${property})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

/** As the rest of the console: UTC, 24 hours, the date only where the ticks are days apart. */
const clock = (...[, ticks, , , apart]: Parameters<uPlot.Axis.DynamicValues>): string[] =>
  ticks.map((tick) => {
    const text = new Date(tick * 1_000).toISOString();
    if (apart >= 86_400) return text.slice(5, 10);
    return apart >= 60 ? text.slice(11, 16) : text.slice(11, 19);
  });

/** What uPlot is told once; data comes apart from it. Times are seconds. */
export const chartOptions = (
  place: Element,
  { lines, format, atLeast, width, height, onCursor, onPick }: Drawing,
): uPlot.Options => {
  const axis = {
    font,
    stroke: colourOf('--ink-soft', place),
    grid: { stroke: colourOf('--line', place), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'Etc/UTC'),
    scales: { y: { range: (_, __, highest) => [0, Math.max(highest * 1.1, atLeast)] } },
    axes: [
      { ...axis, space: 80, size: 30, values: clock },
      { ...axis, size: 64, values: (_, ticks) => ticks.map(format) },
    ],
    series: [
      {},
      ...lines.map(({ label, colour }) => ({
        label,
        stroke: colourOf(colour, place),
        width: 2,
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: {
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)],
      ready: [
        (plot) =>
          plot.over.addEventListener('click', () => {
            if (typeof plot.cursor.left === 'number') onPick(plot.posToVal(plot.cursor.left, 'x'));
          }),
      ],
    },
  };
};
