import { useMemo, type ReactNode } from 'react';
import type { Hop } from '../../../src/shapes.ts';
import type { Line } from '../../elements/chart-options.ts';
import { formatDuration, formatRate } from '../../elements/format.ts';
import { LazyChart } from '../../elements/lazy-chart.tsx';
import { Panel } from '../../elements/page.tsx';
import type { Point } from '../../server/live.ts';
import { useLivePart } from '../../server/stream.ts';

type Told = 'ratePerSecond' | 'lagSeconds';

/** Only the hops that ever said this figure; a colour stays with its hop whatever the others do. */
const linesOf = (hops: Hop[], points: Point[], told: Told): Line[] =>
  hops
    .map(({ id, name }, index) => ({
      label: name,
      colour: `--series-${(index % 8) + 1}`,
      values: points.map((point) => point[told][id] ?? null),
    }))
    .filter(({ values }) => values.some((value) => value !== null));

export const LastMinutes = ({ hops }: { hops: Hop[] }): ReactNode => {
  const points = useLivePart('points');
  const times = useMemo(() => points.map(({ at }) => new Date(at).getTime() / 1_000), [points]);
  const rates = useMemo(() => linesOf(hops, points, 'ratePerSecond'), [hops, points]);
  const lags = useMemo(() => linesOf(hops, points, 'lagSeconds'), [hops, points]);
  return (
    <div className="halves">
      <Panel title="Rate, last minutes">
        <LazyChart
          label="Events per second at each station, last minutes"
          times={times}
          lines={rates}
          format={formatRate}
          atLeast={1}
        />
      </Panel>
      <Panel title="Lag, last minutes">
        <LazyChart
          label="Seconds each station is behind, last minutes"
          times={times}
          lines={lags}
          format={formatDuration}
          atLeast={0.1}
        />
      </Panel>
    </div>
  );
};
