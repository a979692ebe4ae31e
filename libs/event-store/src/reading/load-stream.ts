import type { Queryable } from '@orderline/postgres';
import type { LoadedStream, StoredEvent } from '../stored-event.ts';
import { eventColumns, storedEvent, type StoredEventRow } from './stored-event-row.ts';

/** Where to stop: after this version, and after the last event recorded at or before this instant (epoch ms). */
export type Until = { readonly version: number; readonly at: number };

export const theEnd: Until = { version: 2 ** 31 - 1, at: 8.64e15 };

// One round trip: a row about the order (version 0), then its events after the latest snapshot of this shape.
export const loadStatement = {
  name: 'load_stream',
  text: `
WITH usable AS MATERIALIZED (
  SELECT version, recorded_at, state
  FROM snapshot
  WHERE order_id = $1 AND fingerprint = $2 AND version <= $3 AND recorded_at <= to_timestamp($4::float8 / 1000)
  ORDER BY version DESC
  LIMIT 1
)
SELECT 0 AS version, NULL AS "eventId", NULL AS type, NULL AS "schemaVersion", usable.state AS data, NULL AS metadata,
  (extract(epoch FROM first.recorded_at) * 1000)::float8 AS "recordedAt",
  usable.version AS "snapshotVersion",
  (extract(epoch FROM usable.recorded_at) * 1000)::float8 AS "snapshotRecordedAt",
  (SELECT version FROM event WHERE order_id = $1 ORDER BY version DESC LIMIT 1) AS "headVersion"
FROM event AS first
LEFT JOIN usable ON true
WHERE first.order_id = $1 AND first.version = 1
UNION ALL (
  SELECT ${eventColumns}, NULL, NULL, NULL
  FROM event
  WHERE order_id = $1
    AND version > coalesce((SELECT version FROM usable), 0)
    AND version <= $3
    AND recorded_at <= to_timestamp($4::float8 / 1000)
  ORDER BY version
)
ORDER BY version`,
};

type HeadRow = {
  readonly version: 0;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly recordedAt: number;
  readonly snapshotVersion: number | null;
  readonly snapshotRecordedAt: number | null;
  readonly headVersion: number;
};

/** The order as it was at `until`, in one query; undefined when there is no such order. */
export const loadStream = async (
  queryable: Queryable,
  orderId: string,
  fingerprint: string | undefined,
  until: Until,
): Promise<LoadedStream | undefined> => {
  const values = [orderId, fingerprint ?? null, until.version, until.at];
  const { rows } = await queryable.query<HeadRow | StoredEventRow>({ ...loadStatement, values });
  const [head, ...tail] = rows;
  if (head === undefined || !isHead(head)) return undefined;
  const events = tail.flatMap((row): StoredEvent[] => (isHead(row) ? [] : [storedEvent(orderId, row)]));
  const reached = events.at(-1) ?? { version: head.snapshotVersion ?? 0, recordedAt: head.snapshotRecordedAt };
  return {
    orderId,
    version: reached.version,
    headVersion: head.headVersion,
    createdAt: head.recordedAt,
    updatedAt: reached.recordedAt ?? head.recordedAt,
    snapshot: snapshotOf(head),
    events,
  };
};

const snapshotOf = ({ snapshotVersion, data }: HeadRow): LoadedStream['snapshot'] =>
  snapshotVersion === null || data === null ? undefined : { version: snapshotVersion, state: data };

const isHead = (row: HeadRow | StoredEventRow): row is HeadRow => row.version === 0;
