import './order.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { OrderEvent } from '../../../src/order-shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { shortId } from '../../elements/format.ts';
import { Page, Panel } from '../../elements/page.tsx';
import { timelineOf } from '../../server/questions.ts';
import { useLivePart } from '../../server/stream.ts';
import { useEachSecond } from '../../server/use-each-second.ts';
import { DifferencePanel } from './difference-panel.tsx';
import { OrderHead } from './order-head.tsx';
import { ReceiptsPanel } from './receipts-panel.tsx';
import { StatePanel } from './state-panel.tsx';
import { TimelineList } from './timeline-list.tsx';

export const OrderPage = ({ orderId }: { orderId: string }): ReactNode => {
  const timeline = useQuery(timelineOf(orderId));
  useEachSecond(useIsRecording(), () => void timeline.refetch({ cancelRefetch: false }));
  return (
    <Page
      title={`Order ${shortId(orderId)}`}
      lead={<code>{orderId}</code>}
      actions={
        <div className="row">
          <button type="button" onClick={() => void timeline.refetch()} aria-disabled={timeline.isFetching}>
            {timeline.isFetching ? 'Looking…' : 'Look again'}
          </button>
          <Link href={`/try?order=${orderId}`} className="button">
            Move it
          </Link>
        </div>
      }
    >
      <Answer to={timeline} what="the timeline">
        {({ events }) => <History orderId={orderId} events={events} />}
      </Answer>
    </Page>
  );
};

/** Only while commands come in can an order have moved. */
const useIsRecording = (): boolean => {
  const hops = useLivePart('pipeline')?.hops ?? [];
  return hops.some(({ kind, ratePerSecond }) => kind === 'outbox' && (ratePerSecond ?? 0) > 0);
};

const History = ({ orderId, events }: { orderId: string; events: OrderEvent[] }): ReactNode => {
  const head = events.at(-1)?.version ?? 0;
  return (
    <>
      <OrderHead orderId={orderId} head={head} />
      <ReceiptsPanel orderId={orderId} head={head} />
      <div className="history">
        <Panel title="Timeline">
          <TimelineList events={events} />
        </Panel>
        <div className="stack">
          <StatePanel orderId={orderId} head={head} events={events} />
          <DifferencePanel key={head} orderId={orderId} head={head} events={events} />
        </div>
      </div>
    </>
  );
};
