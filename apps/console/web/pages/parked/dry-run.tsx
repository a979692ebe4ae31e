import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Released } from '../../../src/shapes.ts';
import { Failed } from '../../elements/failed.tsx';
import { outcomeOf } from './outcome.ts';

export const DryRun = ({ run, isReady = true }: { run: () => Promise<Released>; isReady?: boolean }): ReactNode => {
  const trying = useMutation({ mutationFn: run });
  return (
    <div className="stack tight">
      <div className="row">
        <button type="button" disabled={trying.isPending || !isReady} onClick={() => trying.mutate()}>
          {trying.isPending ? 'Trying…' : 'What would come of it?'}
        </button>
        <span role="status">{trying.data !== undefined && outcomeOf(trying.data)}</span>
      </div>
      {trying.error !== null && <Failed what="The dry run" error={trying.error} />}
    </div>
  );
};
