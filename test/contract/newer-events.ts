import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { contractSchemas, subjectOf, topicName } from '@orderline/contracts';
import { createKafka } from '@orderline/kafka';
import { inject } from 'vitest';

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

const ownFields: Readonly<Record<string, object>> = {
  OrderCreated: {
    items: [{ sku: 'soup', name: 'Soup', quantity: 1, unitPriceMinor: 450 }],
    ...{ totalMinor: 450, currency: 'USD', deliveryAddress: null, notes: null },
  },
  OrderConfirmed: { confirmedBy: 'somebody' },
  OrderRated: { stars: 5 },
  OrderPreparing: { estimatedReadyAt: Date.now() },
};

const envelope = (orderId: string, version: number): Record<string, unknown> => ({
  eventId: `${orderId.slice(0, -4)}e${String(version).padStart(3, '0')}`,
  ...{ orderId, version, occurredAt: Date.now(), schemaVersion: 9 },
  ...{ customerId: 'c-1', restaurantId: 'r-1', correlationId: 'newer', causationId: null },
  ...{ actor: { id: 'spec', role: 'system' }, aggregateType: 'Order' },
});

const headersOf = (type: string, event: Record<string, unknown>, at: number): Record<string, string> => ({
  ...{ ce_specversion: '1.0', ce_id: String(event['eventId']), ce_source: '/orderline/order-command' },
  ...{ ce_type: `orderline.orders.${type}`, ce_subject: String(event['orderId']), ce_time: new Date(at).toISOString() },
  ...{ 'content-type': 'application/avro', 'event-type': type, 'event-version': String(event['version']) },
  'correlation-id': 'newer',
});

/**
 * Writes an order to the topic as a later build would, past the event table: OrderCreated, OrderConfirmed with a new optional
 * field, an OrderRated that nobody knows yet, OrderPreparing. Registers what it needs, FULL_TRANSITIVE like all.
 */
export const writeNewerOrder = async (orderId: string): Promise<void> => {
  const { kafkaBrokers, registryUrl } = inject('stack');
  const registry = new SchemaRegistry({ host: registryUrl });
  const first = Date.now();
  const messages = schemas.map(async ([type, schema], index) => {
    const avro = { type: SchemaType.AVRO, schema: JSON.stringify(schema) } as const;
    const compatibility = COMPATIBILITY.FULL_TRANSITIVE;
    const { id } = await registry.register(avro, { subject: subjectOf(type), compatibility });
    const event = { ...envelope(orderId, index + 1), ...ownFields[type] };
    const value = await registry.encode(id, event);
    return { key: orderId, value, headers: headersOf(type, event, first + index), timestamp: String(first + index) };
  });
  const producer = createKafka({ brokers: kafkaBrokers, clientId: 'spec' }).producer({ idempotent: true });
  await producer.connect();
  await producer.send({ topic: topicName, messages: await Promise.all(messages) });
  await producer.disconnect();
};
