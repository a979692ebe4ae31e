import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { contractSchemas, subjectOf } from '@orderline/contracts';
import { inject } from 'vitest';
import { writeHistory, type HistoryEvent } from './write-history.ts';

type Schema = { readonly name: string; readonly fields: readonly object[] };

const schemaOf = (type: string): Schema => {
  const contract = contractSchemas.find((schema) => schema.type === type);
  return JSON.parse(contract?.schema ?? '') as Schema;
};

/** Today's records, one of them as a later build would write it, and a type that is not there yet. */
const schemas: readonly (readonly [type: string, schema: Schema])[] = [
  ['OrderCreated', schemaOf('OrderCreated')],
  [
    'OrderConfirmed',
    {
      ...schemaOf('OrderConfirmed'),
      fields: [
        ...schemaOf('OrderConfirmed').fields,
        { name: 'confirmedBy', type: ['null', 'string'], doc: 'Who confirmed.', default: null },
      ],
    },
  ],
  [
    'OrderRated',
    {
      ...schemaOf('OrderReady'),
      name: 'OrderRated',
      fields: [...schemaOf('OrderReady').fields, { name: 'stars', type: 'int', doc: 'One to five.' }],
    },
  ],
  ['OrderPreparing', schemaOf('OrderPreparing')],
];

const readyAt = Date.now();
const parties = { customerId: 'c-1', restaurantId: 'r-1' };
const created = {
  items: [{ sku: 'soup', name: 'Soup', quantity: 1, unitPriceMinor: 450 }],
  ...{ totalMinor: 450, currency: 'USD', deliveryAddress: null, notes: null },
};

/** Own fields: of the record, and as they are stored. */
const ownFields: Readonly<Record<string, { readonly record: object; readonly stored: object }>> = {
  OrderCreated: { record: created, stored: { ...created, ...parties } },
  OrderConfirmed: { record: { confirmedBy: 'somebody' }, stored: { confirmedBy: 'somebody' } },
  OrderRated: { record: { stars: 5 }, stored: { stars: 5 } },
  OrderPreparing: {
    record: { estimatedReadyAt: readyAt },
    stored: { estimatedReadyAt: new Date(readyAt).toISOString() },
  },
};

/** Of a build far ahead of this one. */
const schemaVersion = 9;
const correlationId = 'newer';

const envelope = (orderId: string, version: number, occurredAt: Date): Record<string, unknown> => ({
  eventId: `${orderId.slice(0, -4)}e${String(version).padStart(3, '0')}`,
  ...{ orderId, version, occurredAt: occurredAt.getTime(), schemaVersion, ...parties, correlationId },
  ...{ causationId: null, actor: { id: 'spec', role: 'system' }, aggregateType: 'Order' },
});

/**
 * Writes an order as a later build would, into the event table and through the relay: OrderCreated, OrderConfirmed with a new
 * optional field, an OrderRated that nobody knows yet, OrderPreparing. Registers what it needs, FULL_TRANSITIVE like all.
 * It stays in the stack, sound to the audit; order-command of this build answers 503 `newer_history` for it.
 */
export const writeNewerOrder = async (orderId: string): Promise<void> => {
  const registry = new SchemaRegistry({ host: inject('stack').registryUrl });
  const events = schemas.map(async ([type, schema], index): Promise<HistoryEvent> => {
    const avro = { type: SchemaType.AVRO, schema: JSON.stringify(schema) } as const;
    const compatibility = COMPATIBILITY.FULL_TRANSITIVE;
    const { id } = await registry.register(avro, { subject: subjectOf(type), compatibility });
    const occurredAt = new Date();
    const fields = envelope(orderId, index + 1, occurredAt);
    const payload = await registry.encode(id, { ...fields, ...ownFields[type]?.record });
    const eventId = String(fields['eventId']);
    return { eventId, type, schemaVersion, data: ownFields[type]?.stored ?? {}, occurredAt, correlationId, payload };
  });
  await writeHistory(orderId, await Promise.all(events));
};
