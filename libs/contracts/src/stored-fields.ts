import type { AvroRecord } from './avro-schema.ts';
import type { EventType, OwnFields } from './event-type.ts';
import { eventTypes } from './event-type.ts';
import type { ContractEvent } from './generated/events.ts';
import { registeredSchemas } from './generated/schemas.ts';
import type { StoredFields } from './generated/stored.ts';
import { storedEnvelopeFields } from './stored-envelope.ts';
import type { StoredShape } from './stored-shape.ts';
import { recordShape } from './stored-shape.ts';

type Shapes = { readonly own: StoredShape; readonly stored: StoredShape };

const shapesOf = (type: EventType): Shapes => {
  const { fields } = JSON.parse(registeredSchemas[type].schema) as AvroRecord;
  // The envelope ends with aggregateType; generate.ts holds every event to that.
  const own = fields.slice(fields.findIndex((field) => field.name === 'aggregateType') + 1);
  const beside = fields.filter((field) => storedEnvelopeFields[type]?.includes(field.name));
  return { own: recordShape(own), stored: recordShape([...beside, ...own]) };
};

const shapes = Object.fromEntries(eventTypes.map((type) => [type, shapesOf(type)])) as Readonly<
  Record<EventType, Shapes>
>;

/**
 * What the event table keeps of an event in `data`: its own fields, and for OrderCreated customerId and restaurantId.
 * Instants are RFC 3339, Personal is `{ keyId, value: text }` (base64 when a keyId is set).
 */
export const toStored = <E extends ContractEvent>(event: E): StoredFields[E['type']] =>
  shapes[event.type].stored.toStored(event, '') as StoredFields[E['type']];

/**
 * The record's own fields from stored `data` of the present schema version (`upcast` first). Personal values become
 * bytes, instants epoch milliseconds; `encodeEvent` checks the rest. Throws `invalid_history`.
 */
export const toRecordFields = <T extends EventType>(type: T, stored: StoredFields[T]): OwnFields<T> =>
  shapes[type].own.toRecord(stored, '') as OwnFields<T>;

/**
 * Stored `data` of the present schema version as the history shows it: own fields only, personal fields as plain text
 * (null where a key hides them). Throws `invalid_history`.
 */
export const toHistory = <T extends EventType>(type: T, stored: StoredFields[T]): Readonly<Record<string, unknown>> =>
  shapes[type].own.toHistory(stored, '') as Readonly<Record<string, unknown>>;
