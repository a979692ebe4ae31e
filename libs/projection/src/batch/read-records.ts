import { isUnknownEvent, type ContractEvent, type Decoder, type UnknownEvent } from '@orderline/contracts';
import type { TopicRecord } from '../feed/consumer-port.ts';
import { isStorable } from '../store/instant.ts';
import type { Arrival, Content } from './arrival.ts';
import { isUuid } from './is-uuid.ts';

export type ReadRecords = {
  readonly arrivals: readonly Arrival[];
  /** Records without a value, and of a foreign type that has no place in an order's sequence: passed over. */
  readonly skipped: number;
  readonly unknownTypes: ReadonlyMap<string, number>;
};

/**
 * Reads records as far as they can be read. What can never be read becomes an arrival that says why; a registry that does
 * not answer rejects with a retriable ContractError, and the same records can be read again.
 */
export const readRecords = async (records: readonly TopicRecord[], decoder: Decoder): Promise<ReadRecords> => {
  const arrivals: Arrival[] = [];
  const unknownTypes = new Map<string, number>();
  let skipped = 0;
  for (const record of records) {
    // Awaiting every record would cost more than decoding it: nearly all are decoded synchronously.
    const reading = readRecord(record, decoder);
    const arrival = reading instanceof Promise ? await reading : reading;
    if (arrival === undefined) skipped += 1;
    else arrivals.push(arrival);
    if (arrival?.content.kind === 'unknown') {
      unknownTypes.set(arrival.content.type, (unknownTypes.get(arrival.content.type) ?? 0) + 1);
    }
  }
  return { arrivals, skipped, unknownTypes };
};

const readRecord = (record: TopicRecord, decoder: Decoder): Arrival | undefined | Promise<Arrival | undefined> => {
  const { key, value } = record;
  if (value === null) return undefined;
  if (key === null || key.length === 0) {
    return { record, orderId: 'unknown', content: unreadable(record, 'The record has no key.') };
  }
  const orderId = key.toString('utf8');
  if (value.length === 0) return { record, orderId, content: unreadable(record, 'The record has an empty value.') };
  try {
    const decoded = decoder.decode(value);
    if (!(decoded instanceof Promise)) return arrivalOf(record, orderId, decoded);
    return decoded.then(
      (event) => arrivalOf(record, orderId, event),
      (error: unknown) => failed(record, orderId, error),
    );
  } catch (error) {
    return failed(record, orderId, error);
  }
};

const arrivalOf = (record: TopicRecord, orderId: string, event: ContractEvent | UnknownEvent): Arrival | undefined => {
  if (isUnknownEvent(event)) return unknownArrival(record, orderId, event);
  const fault = faultOf(event, record, orderId);
  if (fault !== undefined) return { record, orderId, content: unreadable(record, fault) };
  const recorded = Object.assign(event, { recordedAt: record.timestamp });
  return {
    record,
    orderId,
    content: { kind: 'event', event: recorded, version: event.version, eventId: event.eventId },
  };
};

const faultOf = (event: ContractEvent, { timestamp }: TopicRecord, orderId: string): string | undefined => {
  if (event.orderId !== orderId) return `The record's key is not its order id, ${event.orderId.slice(0, 64)}.`;
  if (!isUuid(event.eventId)) return 'The event id is not a lower-case UUID.';
  if (!isStorable(timestamp)) return 'The timestamp of the record is no time that can be kept.';
  return event.version < 1 ? `Version ${event.version} is below 1.` : undefined;
};

const unknownArrival = (record: TopicRecord, orderId: string, event: UnknownEvent): Arrival | undefined => {
  const { version, eventId } = placeOf(record);
  const place = { version: event.version ?? version, eventId: event.eventId ?? eventId };
  if (place.version === undefined || place.eventId === undefined || !isUuid(place.eventId)) return undefined;
  return {
    record,
    orderId,
    content: { kind: 'unknown', type: event.eventType, version: place.version, eventId: place.eventId },
  };
};

const failed = (record: TopicRecord, orderId: string, error: unknown): Arrival => {
  if (error instanceof Error && 'retriable' in error && error.retriable === false) {
    return { record, orderId, content: unreadable(record, `It cannot be read: ${error.message}.`) };
  }
  throw error;
};

const unreadable = (record: TopicRecord, reason: string): Content => ({
  kind: 'unreadable',
  reason,
  ...placeOf(record),
});

/** Version and event id by the headers, which can be read whatever the value is. */
const placeOf = (record: TopicRecord): { version: number | undefined; eventId: string | undefined } => {
  const version = Number(record.headers['event-version']);
  return {
    version: Number.isSafeInteger(version) && version > 0 && version < 2 ** 31 ? version : undefined,
    eventId: eventIdOf(record),
  };
};

/** The event id that the headers say, where it is one. */
export const eventIdOf = ({ headers: { ce_id: eventId } }: TopicRecord): string | undefined =>
  eventId !== undefined && isUuid(eventId) ? eventId : undefined;
