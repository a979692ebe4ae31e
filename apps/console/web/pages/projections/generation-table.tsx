import type { ReactNode } from 'react';
import type { Generation } from '../../../src/shapes.ts';
import { GenerationBadge } from '../../elements/badge.tsx';
import { formatCount, formatDuration, formatRate } from '../../elements/format.ts';
import { Table, type Column } from '../../elements/table.tsx';
import { Age } from '../../elements/time.tsx';
import type { Projection } from './by-host.ts';
import { ProjectionSteps } from './projection-steps.tsx';

type Row = { generation: Generation; projection: Projection | null };

const figure = (head: string, textOf: (generation: Generation) => string): Column<Row> => ({
  head,
  isNumber: true,
  cell: ({ generation }) => textOf(generation),
});

const positionOf = ({ partitions }: Generation): number => partitions.reduce((sum, { offset }) => sum + offset, 0);

const columns: Column<Row>[] = [
  { head: 'Projection', cell: ({ generation }) => <strong>{generation.name}</strong> },
  figure('Generation', ({ generation }) => String(generation)),
  { head: 'State', cell: ({ generation }) => <GenerationBadge state={generation.state} /> },
  figure('Position', (generation) => formatCount(positionOf(generation))),
  figure('Behind', ({ lagEvents }) => formatCount(lagEvents)),
  figure('Lag', ({ lagSeconds }) => formatDuration(lagSeconds)),
  figure('Rate', ({ ratePerSecond }) => formatRate(ratePerSecond)),
  figure('Applied', ({ applied }) => formatCount(applied)),
  figure('Duplicates', ({ duplicates }) => formatCount(duplicates)),
  figure('Parked', ({ parked }) => formatCount(parked)),
  {
    head: 'Compared',
    cell: ({ generation: { verifiedAt } }) => (verifiedAt === null ? 'never' : <Age since={verifiedAt} />),
  },
  { head: 'Steps', cell: ({ projection }) => projection !== null && <ProjectionSteps projection={projection} /> },
];

export const GenerationTable = ({ rows }: { rows: Row[] }): ReactNode => (
  <Table
    caption="The position is the sum of the offsets of all partitions"
    columns={columns}
    rows={rows}
    keyOf={({ generation: { name, generation } }) => `${name} ${generation}`}
  />
);

export const PartitionTables = ({ generations }: { generations: Generation[] }): ReactNode =>
  generations.map(({ name, generation, partitions }) => (
    <Table
      key={`${name} ${generation}`}
      caption={`${name}, generation ${generation}`}
      rows={partitions}
      keyOf={({ partition }) => String(partition)}
      columns={[
        { head: 'Partition', isNumber: true, cell: ({ partition }) => partition },
        { head: 'Next offset', isNumber: true, cell: ({ offset }) => formatCount(offset) },
        { head: 'Behind', isNumber: true, cell: ({ lag }) => formatCount(lag) },
      ]}
    />
  ));
