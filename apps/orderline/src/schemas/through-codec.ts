import {
  contractSchemas,
  createDecoder,
  currentSchemaIds,
  encodeEvent,
  isUnknownEvent,
  toRecordFields,
  upcast,
  type ContractEvent,
  type DecodedEvent,
  type StoredEvent,
} from '@orderline/contracts';
import type { RecordedEvent } from './projection-port.ts';

/** What the event table's columns say beside type, schema_version and data. */
export type StoredEnvelope = {
  readonly version: number;
  readonly orderId?: string;
  readonly eventId?: string;
  readonly recordedAt?: number;
};

const schemaIds = currentSchemaIds(contractSchemas.map((schema, index) => ({ ...schema, id: index + 1 })));
const decoder = createDecoder((id) => contractSchemas[id - 1]?.schema ?? '');

const known = (event: DecodedEvent | Promise<DecodedEvent>, recordedAt: number): RecordedEvent => {
  if (event instanceof Promise || isUnknownEvent(event)) throw new Error('the codec does not know its own event');
  return { ...event, recordedAt };
};

const sampleEnvelope = {
  eventId: '01980000-0000-7000-8000-0000000000e1',
  orderId: '01980000-0000-7000-8000-00000000000a',
  occurredAt: Date.parse('2026-01-15T14:00:00Z'),
  customerId: 'c-17',
  restaurantId: 'r-7',
  correlationId: 'check',
  causationId: null,
  actor: { id: 'check', role: 'system' },
  aggregateType: 'Order',
};

/** A stored event on the way to a projection: upcast, as a record, as bytes, decoded again. Throws ContractError. */
export const throughCodec = (
  stored: StoredEvent,
  { recordedAt = sampleEnvelope.occurredAt, ...columns }: StoredEnvelope,
): RecordedEvent => {
  const { type, schemaVersion, data } = upcast(stored);
  const { customerId, restaurantId } = { ...sampleEnvelope, ...(data as object) };
  const event = {
    ...{ ...sampleEnvelope, customerId, restaurantId, ...columns, type, schemaVersion },
    ...toRecordFields(type, data as never),
  } as ContractEvent;
  return known(decoder.decode(encodeEvent(event, schemaIds)), recordedAt);
};

/** A record's bytes (base64) and the schema they were written with, read as of today. Throws ContractError. */
export const throughWire = (wire: string, schema: object): RecordedEvent => {
  const event = createDecoder(() => JSON.stringify(schema)).decode(Buffer.from(wire, 'base64'));
  return known(event, sampleEnvelope.occurredAt);
};
