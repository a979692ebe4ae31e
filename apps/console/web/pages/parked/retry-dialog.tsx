import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { RetryBody } from '../../../src/control-shapes.ts';
import type { ParkedOrder, Released } from '../../../src/shapes.ts';
import { announce } from '../../elements/announce.tsx';
import { Confirmation } from '../../elements/confirmation.tsx';
import { ask } from '../../server/ask.ts';
import { DryRun } from './dry-run.tsx';
import { outcomeOf } from './outcome.ts';

/** Retry applies what is parked, oldest first, once; a dry run says before what would come of it. */
export const RetryDialog = ({ item, onClose }: { item: ParkedOrder; onClose: () => void }): ReactNode => {
  const { orderId, app, projection } = item;
  const retry = async (body: RetryBody): Promise<Released> =>
    (await ask(`/parked/${orderId}/retry`, { method: 'POST', body: { app, projection, ...body } })) as Released;
  const retrying = useMutation({
    mutationFn: () => retry({ confirm: orderId }),
    onSuccess: (released) => {
      announce(outcomeOf(released));
      onClose();
    },
  });
  return (
    <Confirmation
      title="Retry the parked order"
      word={orderId}
      action="Retry"
      isBusy={retrying.isPending}
      error={retrying.error}
      onConfirm={() => retrying.mutate()}
      onClose={onClose}
    >
      <p>
        Everything parked of this order in <strong>{projection}</strong> is applied again, oldest first, once. What
        still cannot be applied stays parked.
      </p>
      <DryRun run={() => retry({ dryRun: true })} />
    </Confirmation>
  );
};
