import type { ReactNode } from 'react';
import type { Generation } from '../../../src/shapes.ts';
import { formatCount, formatInstant, formatValue } from '../../elements/format.ts';
import { Notice } from '../../elements/notice.tsx';
import { OrderLink } from '../../elements/id-link.tsx';
import { Table, type Column } from '../../elements/table.tsx';

type Comparison = NonNullable<Generation['comparison']>;
type Difference = Comparison['differences'][number];

/** How a new generation compares, row by row, with the one that serves, both held at equal offsets. */
export const ComparisonResult = ({ of, comparison }: { of: Generation; comparison: Comparison }): ReactNode => {
  const { rows, differing, differences } = comparison;
  const when = of.verifiedAt === null ? '' : ` (compared ${formatInstant(of.verifiedAt)})`;
  if (differing === 0) {
    return (
      <Notice tone="good" title={`Generation ${of.generation} of ${of.name} is the same as the serving one`}>
        {formatCount(rows)} rows, none differs{when}.
      </Notice>
    );
  }
  return (
    <Notice tone="warn" title={`Generation ${of.generation} of ${of.name} differs from the serving one`}>
      <p>
        {formatCount(differing)} of {formatCount(rows)} rows differ{when}.
      </p>
      <Table
        caption="The first rows that differ, with the event that last moved them"
        columns={columns}
        rows={differences}
        keyOf={({ key }) => JSON.stringify(key)}
      />
    </Notice>
  );
};

const orderIdOf = ({ key }: Difference): string | null => (typeof key.order_id === 'string' ? key.order_id : null);

const columns: Column<Difference>[] = [
  {
    head: 'Row',
    cell: (difference) => {
      const orderId = orderIdOf(difference);
      return orderId === null ? <code>{formatValue(difference.key)}</code> : <OrderLink id={orderId} />;
    },
  },
  { head: 'Serving', cell: ({ serving }) => <code>{formatValue(serving)}</code> },
  { head: 'New', cell: ({ candidate }) => <code>{formatValue(candidate)}</code> },
  {
    head: 'Event',
    cell: ({ orderVersion, eventId }) => (eventId === null ? '–' : `version ${orderVersion ?? '–'}, ${eventId}`),
  },
];
