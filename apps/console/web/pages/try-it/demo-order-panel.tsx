import './try-it.css';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { DemoOrder, DemoStep } from '../../../src/order-shapes.ts';
import { announce } from '../../elements/announce.tsx';
import { Answer } from '../../elements/answer.tsx';
import { StatusBadge } from '../../elements/badge.tsx';
import { Failed } from '../../elements/failed.tsx';
import { inWords } from '../../elements/format.ts';
import { AwayNotice } from '../../elements/notice.tsx';
import { Panel } from '../../elements/page.tsx';
import { DeliveryTrack } from '../../receipts/delivery-track.tsx';
import { useReceipts } from '../../receipts/use-receipts.ts';
import { ask } from '../../server/ask.ts';
import { demoOrderOf } from '../../server/questions.ts';

const names: Record<DemoStep, string> = {
  pay: 'Pay',
  confirm: 'Confirm',
  'start-preparing': 'Start preparing',
  'mark-ready': 'Mark ready',
  dispatch: 'Dispatch',
  deliver: 'Deliver',
  cancel: 'Cancel the order',
};

export const DemoOrderPanel = ({ demo: { order, next } }: { demo: DemoOrder }): ReactNode => {
  const moving = useStep(order.orderId);
  return (
    <Panel title="The order" actions={<StatusBadge status={order.status} />}>
      <div className="stack">
        <p className="small">
          <span className="mono">{order.orderId}</span>, version {order.version}, {order.total} {order.currency},{' '}
          {order.paid} paid
        </p>
        <div className="row" role="group" aria-label="What can come next">
          {next.map((step, index) => (
            <button
              key={step}
              type="button"
              className={classOf(step, index)}
              aria-disabled={moving.isPending}
              onClick={() => {
                if (!moving.isPending) moving.mutate(step);
              }}
            >
              {names[step]}
            </button>
          ))}
          {next.length === 0 && <p>The order is at its end: {inWords(order.status).toLowerCase()}.</p>}
        </div>
        {moving.error !== null && <Failed what="The step" error={moving.error} />}
        <Track orderId={order.orderId} version={order.version} />
        <p className="onward">
          See it elsewhere: <Link href={`/orders/${order.orderId}`}>its timeline and every state it had</Link>,{' '}
          <Link href={`/restaurants/${order.restaurantId}`}>the restaurant's board</Link>,{' '}
          <Link href="/">the pipeline</Link>
        </p>
      </div>
    </Panel>
  );
};

const classOf = (step: DemoStep, index: number): string => {
  if (step === 'cancel') return 'grave';
  return index === 0 ? 'main' : '';
};

const Track = ({ orderId, version }: { orderId: string; version: number }): ReactNode => (
  <Answer to={useReceipts(orderId, version)} what="how far it has come">
    {(receipts) => (
      <>
        <DeliveryTrack receipts={receipts} version={version} />
        <AwayNotice away={receipts.away} />
      </>
    )}
  </Answer>
);

const useStep = (orderId: string) => {
  const answers = useQueryClient();
  return useMutation({
    mutationFn: async (step: DemoStep) =>
      (await ask(`/demo-orders/${orderId}/${step}`, { method: 'POST' })) as DemoOrder,
    onSuccess: (demo) => {
      answers.setQueryData(demoOrderOf(orderId).queryKey, demo);
      void answers.invalidateQueries({ queryKey: ['order', orderId] });
      announce(`The order is ${inWords(demo.order.status).toLowerCase()}, version ${demo.order.version}`);
    },
    // Somebody else may have moved it: what can come next has to be asked for.
    onError: () => void answers.invalidateQueries({ queryKey: demoOrderOf(orderId).queryKey }),
  });
};
