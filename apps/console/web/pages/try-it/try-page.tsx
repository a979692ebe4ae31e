import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { Answer } from '../../elements/answer.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { demoOrderOf } from '../../server/questions.ts';
import { DemoOrderForm } from './demo-order-form.tsx';
import { DemoOrderPanel } from './demo-order-panel.tsx';

/** A newcomer's first minute: place an order, move it on, see each event reach every read model. */
export const TryPage = (): ReactNode => {
  const [search, setSearch] = useSearchParams();
  const orderId = search.get('order');
  return (
    <Page
      title="Try it"
      lead="Place an order and move it on. Every step is a command; it becomes an event, goes through Kafka and changes the read models."
    >
      {orderId !== null && <Placed key={orderId} orderId={orderId} />}
      <Panel title={orderId === null ? 'Place an order' : 'Place another order'}>
        <DemoOrderForm onPlaced={(placed) => setSearch({ order: placed })} />
      </Panel>
    </Page>
  );
};

const Placed = ({ orderId }: { orderId: string }): ReactNode => (
  <Answer to={useQuery(demoOrderOf(orderId))} what="the order">
    {(demo) => <DemoOrderPanel demo={demo} />}
  </Answer>
);
