import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DiscardBody } from '../../../src/control-shapes.ts';
import type { ParkedOrder, Released } from '../../../src/shapes.ts';
import { announce } from '../../elements/announce.tsx';
import { Confirmation } from '../../elements/confirmation.tsx';
import { TextField } from '../../elements/field.tsx';
import { ask } from '../../server/ask.ts';
import { DryRun } from './dry-run.tsx';
import { outcomeOf } from './outcome.ts';

/** Gives up the record at the head, and only the one that is shown: the API refuses when another one is there by now. */
export const DiscardDialog = ({ item, onClose }: { item: ParkedOrder; onClose: () => void }): ReactNode => {
  const { orderId, app, projection, partition, offset, version } = item;
  const [reason, setReason] = useState('');
  const discard = async (how: Pick<DiscardBody, 'confirm' | 'dryRun'>): Promise<Released> => {
    const body: DiscardBody = { app, projection, reason: reason.trim(), head: { partition, offset }, ...how };
    return (await ask(`/parked/${orderId}/discard`, { method: 'POST', body })) as Released;
  };
  const discarding = useMutation({
    mutationFn: () => discard({ confirm: orderId }),
    onSuccess: (released) => {
      announce(`Discarded. ${outcomeOf(released)}`);
      onClose();
    },
  });
  return (
    <Confirmation
      title="Discard the record"
      word={orderId}
      action="Discard"
      isGrave
      isBusy={discarding.isPending}
      isReady={reason.trim() !== ''}
      error={discarding.error}
      onConfirm={() => discarding.mutate()}
      onClose={onClose}
    >
      <p>
        Version {version} of this order is given up in <strong>{projection}</strong> for good, then what waits behind it
        is applied. The read model lacks it from then on, and the audit names it.
      </p>
      <TextField label="Reason" required maxLength={1_000} value={reason} onText={setReason} />
      <DryRun run={() => discard({ dryRun: true })} isReady={reason.trim() !== ''} />
    </Confirmation>
  );
};
