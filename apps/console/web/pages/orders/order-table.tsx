import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Summary } from '../../../src/order-shapes.ts';
import { StatusBadge } from '../../elements/badge.tsx';
import { OrderLink } from '../../elements/id-link.tsx';
import { Table, type Column } from '../../elements/table.tsx';
import { Time } from '../../elements/time.tsx';

const columns: Column<Summary>[] = [
  { head: 'Order', cell: ({ orderId }) => <OrderLink id={orderId} /> },
  { head: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  { head: 'Version', isNumber: true, cell: ({ version }) => version },
  { head: 'Customer', cell: ({ customerId }) => customerId },
  {
    head: 'Restaurant',
    cell: ({ restaurantId }) => <Link href={`/restaurants/${restaurantId}`}>{restaurantId}</Link>,
  },
  { head: 'Pieces', isNumber: true, cell: ({ itemCount }) => itemCount },
  { head: 'Total', isNumber: true, cell: ({ total, currency }) => `${total} ${currency}` },
  { head: 'Created', cell: ({ createdAt }) => <Time at={createdAt} /> },
  { head: 'Last event', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
];

export const OrderTable = ({ orders }: { orders: Summary[] }): ReactNode => (
  <Table caption="Times are UTC" columns={columns} rows={orders} keyOf={({ orderId }) => orderId} />
);
