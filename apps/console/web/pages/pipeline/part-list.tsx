import type { ReactNode } from 'react';
import type { Part } from '../../../src/shapes.ts';
import { HealthBadge } from '../../elements/badge.tsx';
import { Table, type Column } from '../../elements/table.tsx';
import { Age } from '../../elements/time.tsx';

const columns: Column<Part>[] = [
  { head: 'Part', cell: ({ name }) => <strong>{name}</strong> },
  { head: 'State', cell: ({ state }) => <HealthBadge health={state} /> },
  { head: 'Since', cell: ({ since }) => <Age since={since} /> },
  { head: 'Address', cell: ({ address }) => <code>{address}</code> },
  { head: 'What to do', cell: ({ advice }) => advice ?? <span className="soft">Nothing</span> },
];

export const PartList = ({ parts }: { parts: Part[] }): ReactNode => (
  <Table caption="Every process and server of the stack" columns={columns} rows={parts} keyOf={({ name }) => name} />
);
