import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Generation } from '../../../src/shapes.ts';
import { announce } from '../../elements/announce.tsx';
import { Failed } from '../../elements/failed.tsx';
import { inWords } from '../../elements/format.ts';
import { Panel } from '../../elements/page.tsx';
import { ask } from '../../server/ask.ts';
import type { Projection, Step } from './by-projection.ts';
import { ComparisonResult } from './comparison-result.tsx';
import { GenerationTable } from './generation-table.tsx';
import { RebuildProgress } from './rebuild-progress.tsx';
import { StepDialog } from './step-dialog.tsx';

export const ProjectionPanel = ({ projection }: { projection: Projection }): ReactNode => {
  const { app, name, generations, steps } = projection;
  const [asked, setAsked] = useState<Exclude<Step, 'rebuild'> | null>(null);
  const rebuilding = useMutation({
    mutationFn: () => ask(`/projections/${name}/rebuild`, { method: 'POST', body: {} }),
    onSuccess: () => announce(`The rebuild of ${name} has begun`),
  });
  const begin = (step: Step): void => {
    if (step === 'rebuild') rebuilding.mutate();
    else setAsked(step);
  };
  return (
    <Panel
      title={name}
      actions={
        <div className="row" role="group" aria-label={`Steps of ${name}`}>
          {steps.map((step) => (
            <button
              key={step}
              type="button"
              className={step === 'drop' ? 'grave' : ''}
              disabled={rebuilding.isPending}
              onClick={() => begin(step)}
            >
              {inWords(step)}
            </button>
          ))}
        </div>
      }
    >
      <div className="stack">
        {rebuilding.error !== null && <Failed what={`Rebuild of ${name}`} error={rebuilding.error} />}
        {generations.filter(isBeside).map((generation) => (
          <Beside key={generation.generation} generation={generation} />
        ))}
        <GenerationTable app={app} generations={generations} />
      </div>
      {asked !== null && <StepDialog projection={projection} step={asked} onClose={() => setAsked(null)} />}
    </Panel>
  );
};

const isBeside = ({ state }: Generation): boolean => state !== 'serving';

const Beside = ({ generation }: { generation: Generation }): ReactNode => (
  <>
    {generation.rebuild !== null && <RebuildProgress generation={generation} rebuild={generation.rebuild} />}
    {generation.comparison !== null && <ComparisonResult of={generation} comparison={generation.comparison} />}
  </>
);
