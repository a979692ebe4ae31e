import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ConfirmBody, SwapBody } from '../../../src/control-shapes.ts';
import { announce } from '../../elements/announce.tsx';
import { Confirmation } from '../../elements/confirmation.tsx';
import { formatCount, inWords } from '../../elements/format.ts';
import { ask } from '../../server/ask.ts';
import type { Projection, Step } from './by-host.ts';

type StepDialogProps = { projection: Projection; step: Exclude<Step, 'rebuild'>; onClose: () => void };

const meaning: Record<StepDialogProps['step'], string> = {
  swap: 'The new generation serves from now on. The one that served until now stands by and keeps up, so that a rollback is at once and fresh.',
  rollback: 'The generation that stands by serves again. It has kept up all the time.',
  drop: 'The generation that does not serve is dropped with its tables. What serves is not touched.',
};

export const StepDialog = ({ projection: { name, generations }, step, onClose }: StepDialogProps): ReactNode => {
  const [acceptDifferences, setAccept] = useState(false);
  const differing = generations.find(({ state }) => state === 'caught_up')?.comparison?.differing ?? 0;
  const hasToAccept = step === 'swap' && differing > 0;
  const stepping = useMutation({
    mutationFn: () => {
      const body: SwapBody | ConfirmBody = step === 'swap' ? { confirm: name, acceptDifferences } : { confirm: name };
      return ask(`/projections/${name}/${step}`, { method: 'POST', body });
    },
    onSuccess: () => {
      announce(`${inWords(step)} of ${name}: done`);
      onClose();
    },
  });
  return (
    <Confirmation
      title={`${inWords(step)} ${name}`}
      word={name}
      action={inWords(step)}
      isGrave={step === 'drop'}
      isBusy={stepping.isPending}
      isReady={!hasToAccept || acceptDifferences}
      error={stepping.error}
      onConfirm={() => stepping.mutate()}
      onClose={onClose}
    >
      <p>{meaning[step]}</p>
      {hasToAccept && (
        <label className="check">
          <input type="checkbox" checked={acceptDifferences} onChange={({ target }) => setAccept(target.checked)} />
          <span>I have looked at the {formatCount(differing)} rows that differ and take them as they are now.</span>
        </label>
      )}
    </Confirmation>
  );
};
