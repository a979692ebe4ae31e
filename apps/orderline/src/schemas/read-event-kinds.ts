import { createPool } from '@orderline/postgres';
import { foldLife } from './fold-life.ts';
import type { AppProjection, RecordedEvent } from './projection-port.ts';
import { throughCodec } from './through-codec.ts';

/** A type and schema version that the event table has. */
export type EventKind = { readonly type: string; readonly schemaVersion: number; readonly orderId: string };

type StoredRow = {
  readonly type: string;
  readonly schemaVersion: number;
  readonly version: number;
  readonly eventId: string;
  readonly orderId: string;
  readonly recordedAt: Date;
  readonly data: unknown;
};

const newestOrders = `
  SELECT DISTINCT ON (type, schema_version) type, schema_version AS "schemaVersion", order_id AS "orderId"
  FROM event ORDER BY type, schema_version, order_id DESC, version DESC`;

const eventsOfOrder = `
  SELECT type, schema_version AS "schemaVersion", version, event_id AS "eventId", order_id AS "orderId",
    recorded_at AS "recordedAt", data
  FROM event WHERE order_id = $1 ORDER BY version`;

const reads = (
  { app, projection }: AppProjection,
  events: readonly RecordedEvent[],
  { type, schemaVersion }: EventKind,
): string[] => {
  try {
    foldLife(projection, events);
    return [];
  } catch (error) {
    return [`${app}/${projection.name} cannot read an order with ${type} version ${schemaVersion}: ${String(error)}`];
  }
};

const toEvent = ({ type, schemaVersion, data, version, orderId, eventId, recordedAt }: StoredRow): RecordedEvent =>
  throughCodec({ type, schemaVersion, data }, { version, orderId, eventId, recordedAt: recordedAt.getTime() });

const faultsOf = (kind: EventKind, rows: readonly StoredRow[], projections: readonly AppProjection[]): string[] => {
  try {
    const events = rows.map(toEvent);
    return projections.flatMap((projection) => reads(projection, events, kind));
  } catch (error) {
    // No values: they may be personal.
    return [
      `order ${kind.orderId}, which has ${kind.type} version ${kind.schemaVersion}, cannot be read: ${String(error)}`,
    ];
  }
};

export type EventTableReview = { readonly kinds: readonly EventKind[]; readonly faults: readonly string[] };

/**
 * For every (type, schema version) in the event table at `databaseUrl`, the whole life of the newest order that has it,
 * through upcasters, codec and every projection. Reads the whole table once for the kinds; writes nothing.
 */
export const reviewEventTable = async (
  databaseUrl: string,
  projections: readonly AppProjection[],
): Promise<EventTableReview> => {
  const pool = createPool({ databaseUrl, applicationName: 'orderline schemas check', max: 1 });
  try {
    const { rows: kinds } = await pool.query<EventKind>(newestOrders);
    const faults: string[] = [];
    for (const kind of kinds) {
      const { rows } = await pool.query<StoredRow>(eventsOfOrder, [kind.orderId]);
      faults.push(...faultsOf(kind, rows, projections));
    }
    return { kinds, faults };
  } finally {
    await pool.end();
  }
};
