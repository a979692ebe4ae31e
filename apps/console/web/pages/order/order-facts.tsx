import type { ReactNode } from 'react';
import type { Order } from '../../../src/order-shapes.ts';
import { StatusBadge } from '../../elements/badge.tsx';
import { formatInstant } from '../../elements/format.ts';
import { Table } from '../../elements/table.tsx';
import { Time } from '../../elements/time.tsx';

export const OrderFacts = ({ order }: { order: Order }): ReactNode => (
  <div className="stack">
    <dl className="facts">
      <dt>Status</dt>
      <dd>
        <StatusBadge status={order.status} />
      </dd>
      <dt>Customer</dt>
      <dd>{order.customerId}</dd>
      <dt>Restaurant</dt>
      <dd>{order.restaurantId}</dd>
      <dt>Money</dt>
      <dd className="figures">
        {order.total} {order.currency} to pay, {order.paid} paid, {order.refunded} refunded
      </dd>
      {more(order).map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
      <dt>Created</dt>
      <dd>
        <Time at={order.createdAt} />
      </dd>
      <dt>Changed</dt>
      <dd>
        <Time at={order.updatedAt} /> <span className="soft">version {order.version}</span>
      </dd>
    </dl>
    <Table
      caption="Items"
      rows={order.items}
      keyOf={({ sku }) => sku}
      columns={[
        { head: 'Item', cell: ({ name }) => name },
        { head: 'SKU', cell: ({ sku }) => <code>{sku}</code> },
        { head: 'Pieces', isNumber: true, cell: ({ quantity }) => quantity },
        { head: 'Each', isNumber: true, cell: ({ unitPrice }) => unitPrice },
      ]}
    />
  </div>
);

/** What only some orders have. */
const more = (order: Order): [string, string | null][] => [
  ['Delivered to', order.deliveryAddress],
  ['Notes', order.notes],
  ['Ready at', order.estimatedReadyAt === null ? null : formatInstant(order.estimatedReadyAt)],
  ['Courier', order.courier],
  ['Tracking', order.trackingId],
  ['Signed by', order.signedBy],
  ['Cancelled because', order.cancelReason],
];

const Fact = ({ name, value }: { name: string; value: string | null }): ReactNode =>
  value !== null && (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
