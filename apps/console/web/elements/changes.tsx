import type { ReactNode } from 'react';
import type { Change } from '../../src/shapes.ts';
import { formatValue } from './format.ts';
import { Table } from './table.tsx';

const kindOf = ({ before, after }: Change): string => {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
};

export const Changes = ({ changes, caption }: { changes: Change[]; caption: string }): ReactNode =>
  changes.length === 0 ? (
    <p className="soft">Nothing differs.</p>
  ) : (
    <Table
      caption={caption}
      rows={changes}
      keyOf={({ path }) => path}
      columns={[
        { head: 'Field', cell: ({ path }) => <code>{path}</code> },
        { head: 'What', cell: kindOf },
        { head: 'Before', cell: ({ before }) => <span className="before">{formatValue(before)}</span> },
        { head: 'After', cell: ({ after }) => <span className="after">{formatValue(after)}</span> },
      ]}
    />
  );
