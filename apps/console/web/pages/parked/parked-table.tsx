import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ParkedOrder } from '../../../src/shapes.ts';
import { formatCount, shortId } from '../../elements/format.ts';
import { Table, type Column } from '../../elements/table.tsx';
import { Age } from '../../elements/time.tsx';

const columns: Column<ParkedOrder>[] = [
  {
    head: 'Order',
    cell: ({ orderId }) => (
      <Link href={`/parked/${orderId}`} className="mono" title={orderId} aria-label={`Parked order ${orderId}`}>
        {shortId(orderId)}
      </Link>
    ),
  },
  { head: 'Projection', cell: ({ projection }) => projection },
  { head: 'Version', isNumber: true, cell: ({ version }) => version },
  { head: 'Cause', cell: ({ reason }) => reason },
  { head: 'Waiting behind it', isNumber: true, cell: ({ waiting }) => formatCount(waiting) },
  { head: 'Since', cell: ({ since }) => <Age since={since} /> },
];

export const ParkedTable = ({ parked }: { parked: ParkedOrder[] }): ReactNode => (
  <Table
    caption="Newest first"
    columns={columns}
    rows={parked}
    keyOf={({ app, projection, orderId }) => `${app} ${projection} ${orderId}`}
  />
);
