import type { Queryable } from '@orderline/postgres';
import type { OutboxMessage } from '../append-request.ts';
import type { StoredEvent } from '../stored-event.ts';

// What the row says of the event comes from the event table itself; only its bytes are made anew. An event that was stored
// without a trace has the one that its id makes, so that it is the same record however often it is sent.
const statement = {
  name: 'insert_again',
  text: `
INSERT INTO outbox (
  event_id, route, message_key, payload, recorded_at, ce_specversion, ce_id, ce_source, ce_type, ce_subject, ce_time,
  content_type, event_type, event_version, correlation_id, traceparent
)
SELECT
  e.event_id, 'orders', e.order_id, m.payload, e.recorded_at AT TIME ZONE 'UTC',
  '1.0', e.event_id, '/orderline/order-command', m.ce_type, e.order_id,
  to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'application/avro', e.type, e.version, e.metadata->>'correlationId', 
  coalesce(e.metadata->>'traceparent',
    '00-' || translate(e.event_id::text, '-', '') || '-' || right(translate(e.event_id::text, '-', ''), 16) || '-00')
FROM unnest($2::int[], $3::bytea[], $4::text[]) AS m (version, payload, ce_type)
JOIN event e ON e.order_id = $1 AND e.version = m.version
ORDER BY e.version`,
};

/** Outbox rows of these events of one order once more, oldest first, in the caller's transaction. */
export const insertAgain = async (
  client: Queryable,
  events: readonly StoredEvent[],
  toMessage: (event: StoredEvent) => OutboxMessage,
): Promise<void> => {
  const messages = events.map((event) => toMessage(event));
  await client.query('SELECT make_past_outbox_partitions($1)', [
    [...new Set(events.map(({ recordedAt }) => new Date(recordedAt).toISOString().slice(0, 10)))],
  ]);
  await client.query({
    ...statement,
    values: [
      events[0]?.orderId,
      events.map(({ version }) => version),
      messages.map(({ payload }) => payload),
      messages.map(({ ceType }) => ceType),
    ],
  });
};
