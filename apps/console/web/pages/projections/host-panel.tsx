import type { ReactNode } from 'react';
import type { Generation } from '../../../src/shapes.ts';
import { formatMillis } from '../../elements/format.ts';
import { Notice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/page.tsx';
import type { Host, Projection } from './by-host.ts';
import { ComparisonResult } from './comparison-result.tsx';
import { GenerationTable, PartitionTables } from './generation-table.tsx';
import { RebuildProgress } from './rebuild-progress.tsx';

/** All that one app hosts: what is under way first, then how far each generation is. */
export const HostPanel = ({ host: { app, projections } }: { host: Host }): ReactNode => {
  const generations = projections.flatMap((projection) => projection.generations);
  return (
    <Panel title={app} actions={<Delay generations={generations} />}>
      <div className="stack">
        {generations.map((generation) => (
          <UnderWay key={`${generation.name} ${generation.generation}`} generation={generation} />
        ))}
        <GenerationTable rows={projections.flatMap(rowsOf)} />
        <details>
          <summary className="small">Each partition</summary>
          <PartitionTables generations={generations} />
        </details>
      </div>
    </Panel>
  );
};

/** The steps are those of a projection: they stand with its first row. */
const rowsOf = (projection: Projection): { generation: Generation; projection: Projection | null }[] =>
  projection.generations.map((generation, index) => ({ generation, projection: index === 0 ? projection : null }));

const UnderWay = ({ generation }: { generation: Generation }): ReactNode => (
  <>
    {generation.rebuild !== null && <RebuildProgress generation={generation} rebuild={generation.rebuild} />}
    {generation.state !== 'serving' && generation.comparison !== null && (
      <ComparisonResult of={generation} comparison={generation.comparison} />
    )}
    {generation.state === 'caught_up' && generation.comparison === null && (
      <Notice title={`Generation ${generation.generation} of ${generation.name} has caught up`}>
        How its rows compare with those that serve is not known yet.
      </Notice>
    )}
  </>
);

const Delay = ({ generations }: { generations: Generation[] }): ReactNode => {
  const delay = generations.find((generation) => generation.delay !== null)?.delay;
  return (
    <span className="small soft figures">
      {delay
        ? `Delay p50 ${formatMillis(delay.p50)}, p90 ${formatMillis(delay.p90)}, max ${formatMillis(delay.max)}`
        : 'No delay in the last minute'}
    </span>
  );
};
