import type { ReactNode } from 'react';
import type { Generation } from '../../../src/shapes.ts';
import { GenerationBadge } from '../../elements/badge.tsx';
import { formatCount, formatDuration, formatMillis, formatRate } from '../../elements/format.ts';
import { Table, type Column } from '../../elements/table.tsx';
import { Age } from '../../elements/time.tsx';

const positionOf = ({ partitions }: Generation): number => partitions.reduce((sum, { offset }) => sum + offset, 0);

const columns: Column<Generation>[] = [
  { head: 'Generation', isNumber: true, cell: ({ generation }) => generation },
  { head: 'State', cell: ({ state }) => <GenerationBadge state={state} /> },
  { head: 'Version', isNumber: true, cell: ({ version }) => version },
  { head: 'Position', isNumber: true, cell: (generation) => formatCount(positionOf(generation)) },
  { head: 'Behind', isNumber: true, cell: ({ lagEvents }) => formatCount(lagEvents) },
  { head: 'Lag', isNumber: true, cell: ({ lagSeconds }) => formatDuration(lagSeconds) },
  { head: 'Rate', isNumber: true, cell: ({ ratePerSecond }) => formatRate(ratePerSecond) },
  { head: 'Applied', isNumber: true, cell: ({ applied }) => formatCount(applied) },
  { head: 'Duplicates', isNumber: true, cell: ({ duplicates }) => formatCount(duplicates) },
  { head: 'Parked', isNumber: true, cell: ({ parked }) => formatCount(parked) },
  {
    head: 'Delay p50 / p90 / max',
    isNumber: true,
    cell: ({ delay }) => (delay === null ? '–' : [delay.p50, delay.p90, delay.max].map(formatMillis).join(' / ')),
  },
  { head: 'Compared', cell: ({ verifiedAt }) => (verifiedAt === null ? 'never' : <Age since={verifiedAt} />) },
];

export const GenerationTable = ({ app, generations }: { app: string; generations: Generation[] }): ReactNode => (
  <>
    <div className="wide">
      <Table
        caption={`In ${app}. The position is the sum of its offsets`}
        columns={columns}
        rows={generations}
        keyOf={({ generation }) => String(generation)}
      />
    </div>
    <details>
      <summary className="small">Each partition</summary>
      {generations.map((generation) => (
        <Partitions key={generation.generation} generation={generation} />
      ))}
    </details>
  </>
);

const Partitions = ({ generation: { generation, partitions } }: { generation: Generation }): ReactNode => (
  <Table
    caption={`Generation ${generation}`}
    rows={partitions}
    keyOf={({ partition }) => String(partition)}
    columns={[
      { head: 'Partition', isNumber: true, cell: ({ partition }) => partition },
      { head: 'Next offset', isNumber: true, cell: ({ offset }) => formatCount(offset) },
      { head: 'Behind', isNumber: true, cell: ({ lag }) => formatCount(lag) },
    ]}
  />
);
