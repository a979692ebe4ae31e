import { isUnknownEvent, type ContractEvent, type Decoder, type UnknownEvent } from '@orderline/contracts';
import type { TopicRecord } from '../feed/consumer-port.ts';
import { isStorable } from '../store/instant.ts';
import type { Arrival, Content } from './arrival.ts';
import { isUuid } from './is-uuid.ts';

export type ReadRecords = {
  readonly arrivals: readonly Arrival[];
  /** How many records had no value; they are passed over. */
  readonly withoutValue: number;
  /** How many were of each type that this build does not know; without a place in an order's sequence, passed over too. */
  readonly unknownTypes: ReadonlyMap<string, number>;
};

type PassedOver = { readonly passedOver: 'no value' } | { readonly passedOver: 'unknown type'; readonly type: string };
type Reading = Arrival | PassedOver;

/**
 * Reads records as far as they can be read. What can never be read becomes an arrival that says why; a registry that does
 * not answer rejects with a retriable ContractError, and the same records can be read again.
 */
export const readRecords = async (records: readonly TopicRecord[], decoder: Decoder): Promise<ReadRecords> => {
  const arrivals: Arrival[] = [];
  const unknownTypes = new Map<string, number>();
  let withoutValue = 0;
  const countUnknown = (type: string): void => void unknownTypes.set(type, (unknownTypes.get(type) ?? 0) + 1);
  for (const record of records) {
    // Awaiting every record would cost more than decoding it: nearly all are decoded synchronously.
    const pending = readRecord(record, decoder);
    const reading = pending instanceof Promise ? await pending : pending;
    if ('passedOver' in reading) {
      if (reading.passedOver === 'no value') withoutValue += 1;
      else countUnknown(reading.type);
      continue;
    }
    arrivals.push(reading);
    if (reading.content.kind === 'unknown') countUnknown(reading.content.type);
  }
  return { arrivals, withoutValue, unknownTypes };
};

const readRecord = (record: TopicRecord, decoder: Decoder): Reading | Promise<Reading> => {
  const { key, value } = record;
  if (value === null) return { passedOver: 'no value' };
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

const arrivalOf = (record: TopicRecord, orderId: string, event: ContractEvent | UnknownEvent): Reading => {
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

const unknownArrival = (record: TopicRecord, orderId: string, event: UnknownEvent): Reading => {
  const { version, eventId } = placeOf(record);
  const place = { version: event.version ?? version, eventId: event.eventId ?? eventId };
  if (place.version === undefined || place.eventId === undefined || !isUuid(place.eventId)) {
    return { passedOver: 'unknown type', type: event.eventType };
  }
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
