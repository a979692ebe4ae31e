import type { Queryable } from '@orderline/postgres';
import type { Arrival } from '../batch/arrival.ts';
import type { Json } from '../define/table.ts';
import { arrayLiteral } from './array-literal.ts';
import { nearestStorable } from './instant.ts';
import { prepared } from './statement.ts';

/** `reason` is null for a record that only waits behind another of its order. */
export type Parking = { readonly arrival: Arrival; readonly reason: string | null };

/** Keeps records whole, so that a retry needs nothing but this table. A record that is there already stays as it is. */
export const saveParked = async (
  client: Queryable,
  generation: number,
  parkings: readonly Parking[],
): Promise<void> => {
  const column = (type: Parameters<typeof arrayLiteral>[0], of: (parking: Parking) => Json | undefined): string =>
    arrayLiteral(type, parkings, of);
  await client.query(
    prepared(
      `INSERT INTO projection_parked (generation, partition, topic_offset, order_id, version, event_id, event_type, reason,
         record_key, record_value, headers, recorded_at, parked_at)
       SELECT ${generation}, partition, topic_offset, order_id, version, event_id, event_type, reason,
         record_key, record_value, headers, recorded_at, coalesce(parked_at, now())
       FROM unnest($1::integer[], $2::bigint[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::bytea[],
         $9::bytea[], $10::jsonb[], $11::timestamptz[], $12::timestamptz[])
         AS parked (partition, topic_offset, order_id, version, event_id, event_type, reason, record_key, record_value,
           headers, recorded_at, parked_at)
       ON CONFLICT (generation, partition, topic_offset) DO NOTHING`,
      [
        column('integer', ({ arrival }) => arrival.record.partition),
        column('text', ({ arrival }) => String(arrival.record.offset)),
        column('text', ({ arrival }) => printable(arrival.orderId).slice(0, 200)),
        column('integer?', ({ arrival }) => arrival.content.version),
        column('text?', ({ arrival }) => arrival.content.eventId),
        column('text?', ({ arrival }) => printable(typeOf(arrival))),
        column('text?', ({ reason }) => printable(reason)),
        column('text?', ({ arrival }) => hex(arrival.record.key)),
        column('text?', ({ arrival }) => hex(arrival.record.value)),
        column('jsonb', ({ arrival }) => printableHeaders(arrival.record.headers)),
        column('timestamptz', ({ arrival }) => nearestStorable(arrival.record.timestamp)),
        column('timestamptz?', ({ arrival }) => arrival.parkedAt?.getTime()),
      ],
    ),
  );
};

// PostgreSQL's text holds no NUL.
const printable = <T extends string | null | undefined>(text: T): T => text?.replaceAll('\0', '\uFFFD') as T;
const printableHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [printable(name), printable(value)]));

const hex = (bytes: Buffer | null): string | null => (bytes === null ? null : `\\x${bytes.toString('hex')}`);

const typeOf = ({ content, record }: Arrival): string | undefined => {
  if (content.kind === 'event') return content.event.type;
  return content.kind === 'unknown' ? content.type : record.headers['event-type'];
};
