import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { OrdersAt, Status } from '../../../src/shapes.ts';
import { Answer } from '../../elements/answer.tsx';
import { formatCount, formatInstant, inWords } from '../../elements/format.ts';
import { IdLink } from '../../elements/id-link.tsx';
import { More } from '../../elements/more.tsx';
import { AwayNotice, Empty } from '../../elements/notice.tsx';
import { Panel } from '../../elements/page.tsx';
import { statusNames } from '../../elements/status-names.ts';
import { Table } from '../../elements/table.tsx';
import { Time } from '../../elements/time.tsx';
import { ordersAtInstant } from '../../server/questions.ts';

export const OrdersAtInstant = ({ at }: { at: string }): ReactNode => {
  const [status, setStatus] = useState<Status>('Preparing');
  const pages = useInfiniteQuery(ordersAtInstant(at, status));
  return (
    <Panel title={`Orders at ${formatInstant(at)} UTC`}>
      <Answer to={pages} what="the orders of that instant">
        {(found) => (
          <div className="stack">
            <Counts counts={found.pages[0]?.counts} chosen={status} onChoose={setStatus} />
            <Orders at={at} status={status} pages={found.pages} />
          </div>
        )}
      </Answer>
      <More pages={pages} what="orders" />
    </Panel>
  );
};

type CountsProps = { counts: OrdersAt['counts'] | undefined; chosen: Status; onChoose: (status: Status) => void };

const Counts = ({ counts, chosen, onChoose }: CountsProps): ReactNode => (
  <div className="row counts" role="group" aria-label="Status">
    {statusNames.map((status) => (
      <button key={status} type="button" aria-pressed={status === chosen} onClick={() => onChoose(status)}>
        {inWords(status)} <strong className="figures">{formatCount(counts?.[status])}</strong>
      </button>
    ))}
  </div>
);

const Orders = ({ at, status, pages }: { at: string; status: Status; pages: OrdersAt[] }): ReactNode => {
  const items = pages.flatMap((page) => page.items);
  const away = pages.at(-1)?.away ?? [];
  return (
    <>
      <AwayNotice away={away} />
      {items.length === 0 && away.length === 0 && (
        <Empty title={`No order was ${inWords(status).toLowerCase()} then`} />
      )}
      {items.length > 0 && (
        <Table
          caption={`Orders that were ${inWords(status).toLowerCase()} at that instant`}
          rows={items}
          keyOf={({ orderId }) => orderId}
          columns={[
            {
              head: 'Order',
              cell: ({ orderId }) => (
                <IdLink
                  href={`/orders/${orderId}?at=${encodeURIComponent(at)}`}
                  what="Order"
                  id={orderId}
                  after="at that instant"
                />
              ),
            },
            { head: 'In this status since', cell: ({ since }) => <Time at={since} /> },
          ]}
        />
      )}
    </>
  );
};
