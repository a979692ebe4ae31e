import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { announce } from '../../elements/announce.tsx';
import { Failed } from '../../elements/failed.tsx';
import { inWords } from '../../elements/format.ts';
import { ask } from '../../server/ask.ts';
import type { Projection, Step } from './by-host.ts';
import { StepDialog } from './step-dialog.tsx';

/** A rebuild touches nothing that serves and begins at once; the others ask for the projection's name. */
export const ProjectionSteps = ({ projection }: { projection: Projection }): ReactNode => {
  const { name, steps } = projection;
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
    <>
      <div className="row steps" role="group" aria-label={`Steps of ${name}`}>
        {steps.map((step) => (
          <button
            key={step}
            type="button"
            className={step === 'drop' ? 'grave' : ''}
            aria-label={`${inWords(step)} ${name}`}
            disabled={rebuilding.isPending}
            onClick={() => begin(step)}
          >
            {inWords(step)}
          </button>
        ))}
      </div>
      {rebuilding.error !== null && <Failed what={`Rebuild of ${name}`} error={rebuilding.error} />}
      {asked !== null && <StepDialog projection={projection} step={asked} onClose={() => setAsked(null)} />}
    </>
  );
};
