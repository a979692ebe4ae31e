import type { EventMetadata } from '../append-request.ts';
import type { StoredEvent } from '../stored-event.ts';

/** Columns of table event as they are selected everywhere; recorded_at in epoch milliseconds spares parsing dates. */
export const eventColumns = `version, event_id AS "eventId", type, schema_version AS "schemaVersion", data, metadata,
  (extract(epoch FROM recorded_at) * 1000)::float8 AS "recordedAt"`;

export type StoredEventRow = {
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
  readonly recordedAt: number;
};

export const storedEvent = (orderId: string, row: StoredEventRow): StoredEvent => ({
  orderId,
  version: row.version,
  eventId: row.eventId,
  type: row.type,
  schemaVersion: row.schemaVersion,
  data: row.data,
  metadata: row.metadata,
  recordedAt: row.recordedAt,
});
