import type { ReactNode } from 'react';
import type { TopicRecord } from '../../../src/shapes.ts';
import { formatBytes } from '../../elements/format.ts';
import { Json } from '../../elements/json.tsx';
import { Notice } from '../../elements/notice.tsx';
import { Table } from '../../elements/table.tsx';
import { Time } from '../../elements/time.tsx';
import { hexOf } from './hex.ts';

/** A record as it lies in the topic: key, headers, bytes, and what they mean where they mean something. */
export const RecordView = ({ record }: { record: TopicRecord | null }): ReactNode =>
  record === null ? (
    <Notice tone="warn" title="The topic does not give this record now">
      Its bytes can be seen once Kafka answers.
    </Notice>
  ) : (
    <div className="stack">
      <dl className="facts">
        <dt>Key</dt>
        <dd className="mono">{record.key ?? 'none'}</dd>
        <dt>Recorded</dt>
        <dd>
          <Time at={record.recordedAt} />
        </dd>
        <dt>Size</dt>
        <dd>{formatBytes(record.size)}</dd>
        <dt>Schema id</dt>
        <dd>{record.schemaId ?? 'none'}</dd>
      </dl>
      <Bytes value={record.value} />
      {record.decoded !== null && <Json value={record.decoded} label="The record, decoded" />}
      {record.undecodable !== null && (
        <p>
          It cannot be decoded: <strong>{record.undecodable}</strong>
        </p>
      )}
      <details>
        <summary>Headers</summary>
        <Table
          caption="Headers of the record"
          rows={Object.entries(record.headers)}
          keyOf={([name]) => name}
          columns={[
            { head: 'Header', cell: ([name]) => <code>{name}</code> },
            { head: 'Value', cell: ([, value]) => <code>{value}</code> },
          ]}
        />
      </details>
    </div>
  );

const Bytes = ({ value }: { value: string | null }): ReactNode =>
  value === null ? <p>It has no value.</p> : <Json value={hexOf(value)} label="The bytes of the record" />;
