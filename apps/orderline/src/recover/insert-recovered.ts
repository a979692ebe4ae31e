import { toStored, type ContractEvent } from '@orderline/contracts';
import type { TopicRecord } from '@orderline/kafka';
import type { Queryable } from '@orderline/postgres';

export type Recovered = { readonly event: ContractEvent; readonly record: Pick<TopicRecord, 'headers' | 'timestamp'> };

/**
 * The event table's row of an event that only its record on the topic tells of, chained to the version before it: what was once
 * stored in the present schema gets the very hash it had. False when that version is there already or the one before it is
 * not. As the owner of the table.
 */
export const insertRecovered = async (client: Queryable, { event, record }: Recovered): Promise<boolean> => {
  const { actor, correlationId, causationId, occurredAt } = event;
  const metadata = {
    ...{ actor, correlationId, causationId },
    occurredAt: new Date(occurredAt).toISOString(),
    traceparent: record.headers['traceparent'] ?? null,
  };
  const { rowCount } = await client.query({
    name: 'insert_recovered',
    text: `
WITH lost AS (
  SELECT $1::uuid AS order_id, $2::int AS version, $3::uuid AS event_id, $4::text AS type, $5::int AS schema_version,
    $6::jsonb AS data, $7::jsonb AS metadata, to_timestamp($8::float8 / 1000)::timestamptz(3) AS recorded_at
)
INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
SELECT l.*, event_hash(p.hash, ROW(
  l.order_id, l.version, l.event_id, l.type, l.schema_version, l.data, l.metadata, l.recorded_at, NULL)::event)
FROM lost l LEFT JOIN event p ON p.order_id = l.order_id AND p.version = l.version - 1
WHERE l.version = 1 OR p.hash IS NOT NULL
ON CONFLICT (order_id, version) DO NOTHING`,
    values: [
      ...[event.orderId, event.version, event.eventId, event.type, event.schemaVersion],
      ...[JSON.stringify(toStored(event)), JSON.stringify(metadata), record.timestamp],
    ],
  });
  return rowCount === 1;
};
