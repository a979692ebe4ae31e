import type { ReactNode } from 'react';
import type { ParkedOrder } from '../../../src/shapes.ts';
import { formatCount } from '../../elements/format.ts';
import { IdLink } from '../../elements/id-link.tsx';
import { Table, type Column } from '../../elements/table.tsx';
import { Age } from '../../elements/time.tsx';

const columns: Column<ParkedOrder>[] = [
  {
    head: 'Order',
    cell: ({ orderId }) => <IdLink href={`/parked/${orderId}`} what="Parked order" id={orderId} />,
  },
  { head: 'Projection', cell: ({ projection }) => projection },
  { head: 'Version', isNumber: true, cell: ({ version }) => version },
  { head: 'Cause', cell: ({ reason }) => reason },
  { head: 'Waiting behind it', isNumber: true, cell: ({ waiting }) => formatCount(waiting) },
  { head: 'Since', cell: ({ since }) => <Age since={since} /> },
];

export const ParkedTable = ({ parked }: { parked: ParkedOrder[] }): ReactNode => (
  <Table
    caption="Newest first, at most 200 of each app"
    columns={columns}
    rows={parked}
    keyOf={({ app, projection, orderId }) => `${app} ${projection} ${orderId}`}
  />
);
