import type { ReactNode } from 'react';
import { AwayNotice, Empty, Loading, Notice } from '../../elements/notice.tsx';
import { Page, Panel } from '../../elements/page.tsx';
import { useLivePart } from '../../server/stream.ts';
import { ParkedDetailPanel } from './parked-detail-panel.tsx';
import { ParkedTable } from './parked-table.tsx';

/** With an order id, that order's parked records below the list. */
export const ParkedPage = ({ orderId }: { orderId?: string }): ReactNode => (
  <Page
    title="Parked orders"
    lead="An event that can never be applied parks its order: later events of that order wait behind it in order, all other orders flow on."
  >
    {typeof orderId === 'string' && <ParkedDetailPanel key={orderId} orderId={orderId} />}
    <Panel title="All parked orders">
      <List />
    </Panel>
  </Page>
);

const List = (): ReactNode => {
  const parked = useLivePart('parked');
  const connection = useLivePart('connection');
  if (parked === null && connection !== 'lost') return <Loading what="the parked orders" />;
  if (parked === null) return <Notice tone="warn" title="Nothing is known until the console answers" />;
  return (
    <>
      <AwayNotice away={parked.away} />
      {parked.items.length > 0 && <ParkedTable parked={parked.items} />}
      {parked.items.length === 0 && parked.away.length === 0 && (
        <Empty title="No order is parked">Every event of every order has been applied.</Empty>
      )}
    </>
  );
};
