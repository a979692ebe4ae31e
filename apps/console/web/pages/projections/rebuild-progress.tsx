import type { ReactNode } from 'react';
import type { Generation } from '../../../src/shapes.ts';
import { formatCount, formatDuration, formatRate } from '../../elements/format.ts';

type RebuildProgressProps = { generation: Generation; rebuild: NonNullable<Generation['rebuild']> };

export const RebuildProgress = ({ generation, rebuild }: RebuildProgressProps): ReactNode => {
  const { name, ratePerSecond, lagEvents } = generation;
  const label = `Rebuild of ${name}, generation ${generation.generation}`;
  return (
    <div className="stack tight">
      <p className="row apart figures">
        <span>
          {label}: <strong>{Math.floor(rebuild.percent)} %</strong>
        </span>
        <span className="small soft">
          {formatRate(ratePerSecond)}, {formatCount(lagEvents)} events to go, about{' '}
          {formatDuration(rebuild.secondsLeft)}
        </span>
      </p>
      <progress aria-label={label} max={100} value={rebuild.percent} />
    </div>
  );
};
