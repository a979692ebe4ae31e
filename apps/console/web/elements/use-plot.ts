import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import uPlot from 'uplot';
import { useIsDark } from '../frame/theme.ts';
import { chartOptions, type Drawing, type Line } from './chart-options.ts';

type Plotted = Omit<Drawing, 'width' | 'lines'> & { times: number[]; lines: Line[] };

/** Draws into `place` and keeps it at its width and theme; new data only moves the lines, other lines are drawn anew. */
export const usePlot = (place: RefObject<HTMLDivElement | null>, plotted: Plotted): uPlot | null => {
  const { times, lines, height } = plotted;
  const [plot, setPlot] = useState<uPlot | null>(null);
  const isDark = useIsDark();
  const shape = JSON.stringify(lines.map(({ label, colour }) => [label, colour]));
  const pick = useEffectEvent((time: number) => plotted.onPick(time));
  const draw = useEffectEvent((element: HTMLDivElement): uPlot => {
    const options = chartOptions(element, { ...plotted, width: element.clientWidth, onPick: (time) => pick(time) });
    return new uPlot(options, alignedOf(times, lines), element);
  });
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const drawn = draw(element);
    const resized = new ResizeObserver(() => {
      drawn.setSize({ width: element.clientWidth, height });
      setPlot(drawn);
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      drawn.destroy();
      setPlot(null);
    };
  }, [place, shape, isDark, height]);
  useEffect(() => plot?.setData(alignedOf(times, lines)), [plot, times, lines]);
  return plot;
};

const alignedOf = (times: number[], lines: Line[]): uPlot.AlignedData => [times, ...lines.map(({ values }) => values)];
