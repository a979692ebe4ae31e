import { inject } from 'vitest';
import pg from 'pg';
import '../support/provided.ts';

/** An event as the event table has it; with a `payload` it goes to the topic as well, through outbox and relay. */
export type HistoryEvent = {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly occurredAt: Date;
  readonly correlationId: string;
  readonly payload?: Buffer;
};

const insertEvent = `
  INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
  SELECT (e.row).order_id, (e.row).version, (e.row).event_id, (e.row).type, (e.row).schema_version, (e.row).data,
    (e.row).metadata, (e.row).recorded_at,
    event_hash((SELECT hash FROM event WHERE order_id = $1::uuid AND version = $2::int - 1), e.row)
  FROM (
    SELECT ROW($1::uuid, $2::int, $3::uuid, $4::varchar, $5::int, $6::jsonb, $7::jsonb, $8::timestamptz, '\\x'::bytea)::event
      AS row
  ) e`;

const insertMessage = `
  INSERT INTO outbox (event_id, route, message_key, payload, recorded_at, ce_specversion, ce_id, ce_source, ce_type,
    ce_subject, ce_time, content_type, event_type, event_version, correlation_id, traceparent)
  SELECT event_id, 'orders', order_id, $3, recorded_at AT TIME ZONE 'UTC', '1.0', event_id, '/orderline/order-command',
    'orderline.orders.' || type, order_id, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'application/avro', type, version, metadata->>'correlationId', metadata->>'traceparent'
  FROM event WHERE order_id = $1::uuid AND version = $2::int`;

const metadataOf = (orderId: string, { eventId, occurredAt, correlationId }: HistoryEvent): object => {
  const [trace, span] = [orderId, eventId.slice(19)].map((id) => id.replaceAll('-', ''));
  return {
    actor: { id: 'spec', role: 'system' },
    ...{ occurredAt: occurredAt.toISOString(), correlationId, causationId: null },
    traceparent: `00-${trace ?? ''}-${span ?? ''}-01`,
  };
};

/**
 * Writes an order, from version 1, as another build would have: past order-command, into the event table with a hash chain
 * that is real, so that the audit of the shared stack finds nothing wrong with it.
 */
export const writeHistory = async (orderId: string, events: readonly HistoryEvent[]): Promise<void> => {
  const client = new pg.Client({ connectionString: inject('stack').ordersUrl });
  await client.connect();
  try {
    const first = Date.now();
    await client.query('BEGIN');
    for (const [index, event] of events.entries()) {
      const { eventId, type, schemaVersion, data, payload } = event;
      const place = [orderId, index + 1];
      const columns = [eventId, type, schemaVersion, data, metadataOf(orderId, event), new Date(first + index)];
      await client.query(insertEvent, [...place, ...columns]);
      if (payload) await client.query(insertMessage, [...place, payload]);
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
};
