import type { ReactNode } from 'react';
import type { Pipeline } from '../../../src/shapes.ts';
import { formatBytes } from '../../elements/format.ts';

/** What PostgreSQL has to keep for the relay; past the limit it gives the slot up, and events with it. */
export const WriteAheadLog = ({ wal }: { wal: Pipeline['wal'] }): ReactNode => {
  if (wal === null) return <p className="soft">Not known while the relay supervisor is away.</p>;
  const { retainedBytes, limitBytes } = wal;
  return (
    <div className="stack tight">
      <p className="figures">
        <strong>{formatBytes(retainedBytes)}</strong>{' '}
        {limitBytes === null ? 'held back, without a limit' : `of the ${formatBytes(limitBytes)} that PostgreSQL keeps`}
      </p>
      {limitBytes !== null && (
        <meter
          aria-label="Write-ahead log held back for the relay"
          min={0}
          max={limitBytes}
          low={limitBytes / 2}
          high={limitBytes * 0.8}
          optimum={0}
          value={retainedBytes}
        />
      )}
      <p className="small soft">It grows while the relay stands still and shrinks as it catches up.</p>
    </div>
  );
};
