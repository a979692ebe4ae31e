// node follow-orders.ts <broker> <registry address> [order id…]: follows the orders up to the present end of the topic.
// Uses nothing of Orderline: kafkajs, the registry client, and what docs/subscribing.md says.
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import kafkajs, { type KafkaMessage } from 'kafkajs';

type Personal = { keyId: string | null; value: Buffer };
type Event = {
  eventId: string;
  orderId: string;
  version: number;
  aggregateType: string;
  currency?: string;
  totalMinor?: number;
  paidMinor?: number;
  refundedMinor?: number;
  deliveryAddress?: Personal | null;
};
type Order = {
  version: number;
  lastEventId: string;
  status: string | null;
  partition: number;
  applied: string[];
  unknown: string[];
  duplicates: number;
  gaps: number;
  currency?: string;
  totalMinor?: number;
  paidMinor?: number;
  refundedMinor?: number;
  deliveryAddress?: string | null;
};

const topic = 'domain-events.orders';
const statusAfter: Readonly<Record<string, string>> = {
  OrderCreated: 'Created',
  OrderConfirmed: 'Confirmed',
  OrderPreparing: 'Preparing',
  OrderReady: 'Ready',
  OrderOutForDelivery: 'OutForDelivery',
  OrderDelivered: 'Delivered',
  OrderCancelled: 'Cancelled',
};
const withoutStatus = ['OrderItemAdded', 'OrderItemRemoved', 'OrderUpdated', 'PaymentReceived', 'PaymentRefunded'];
const knownTypes = new Set([...Object.keys(statusAfter), ...withoutStatus]);

const [broker = '', registryUrl = '', ...wanted] = process.argv.slice(2);
const registry = new SchemaRegistry({ host: registryUrl });
const orders: Record<string, Order> = {};
const faults: string[] = [];

/** What the page promises of a record, checked on each. */
const checkRecord = (message: KafkaMessage, headers: Record<string, string>, event: Event, type: string): void => {
  const expected: Record<string, string | undefined> = {
    ce_specversion: '1.0',
    ce_id: event.eventId,
    ce_source: '/orderline/order-command',
    ce_type: `orderline.orders.${type}`,
    ce_subject: event.orderId,
    ce_time: new Date(Number(message.timestamp)).toISOString(),
    'content-type': 'application/avro',
    'event-version': String(event.version),
  };
  for (const [name, value] of Object.entries(expected)) {
    if (headers[name] !== value) faults.push(`${event.eventId}: ${name} is ${headers[name]}, not ${value}`);
  }
  if (String(message.key) !== event.orderId) faults.push(`${event.eventId}: the key is not the order id`);
  if (!headers['correlation-id']) faults.push(`${event.eventId}: no correlation-id`);
  if (event.aggregateType !== 'Order') faults.push(`${event.eventId}: of ${event.aggregateType}`);
};

const apply = (order: Order, type: string, event: Event): void => {
  order.applied.push(type);
  order.status = statusAfter[type] ?? order.status;
  if (event.currency !== undefined) order.currency = event.currency;
  if (event.totalMinor !== undefined) order.totalMinor = event.totalMinor;
  if (event.paidMinor !== undefined) order.paidMinor = event.paidMinor;
  if (event.refundedMinor !== undefined) order.refundedMinor = event.refundedMinor;
  const address = event.deliveryAddress;
  if (address !== undefined) order.deliveryAddress = address?.keyId === null ? address.value.toString() : null;
};

type Place = { version: number; eventId: string };

/** The gate: only the very next version of an order is applied. */
const isNext = (order: Order, { version, eventId }: Place): boolean => {
  if (version === order.version + 1) return true;
  if (version > order.version) order.gaps += 1;
  else order.duplicates += 1;
  if (version === order.version && eventId !== order.lastEventId)
    faults.push(`${eventId}: another event of version ${version}`);
  return false;
};

const orderOf = (key: string, partition: number): Order => {
  const order = (orders[key] ??= {
    ...{ version: 0, lastEventId: '', status: null, partition },
    ...{ applied: [], unknown: [], duplicates: 0, gaps: 0 },
  });
  if (order.partition !== partition) faults.push(`order ${key} is in partitions ${order.partition} and ${partition}`);
  return order;
};

const take = async (partition: number, message: KafkaMessage): Promise<void> => {
  const key = String(message.key);
  if (message.value === null || (wanted.length > 0 && !wanted.includes(key))) return;
  const texts = Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]);
  const headers = Object.fromEntries(texts) as Record<string, string>;
  const { 'event-type': type = '', 'event-version': version = '', ce_id: eventId = '' } = headers;
  const order = orderOf(key, partition);
  if (!isNext(order, { version: Number(version), eventId })) return;
  Object.assign(order, { version: Number(version), lastEventId: eventId });
  if (!knownTypes.has(type)) {
    order.unknown.push(type);
    return;
  }
  const event = (await registry.decode(message.value)) as Event;
  checkRecord(message, headers, event, type);
  apply(order, type, event);
};

const kafka = new kafkajs.Kafka({
  clientId: 'typescript-example',
  brokers: [broker],
  logLevel: kafkajs.logLevel.ERROR,
});
const admin = kafka.admin();
await admin.connect();
const ends = new Map<number, bigint>();
for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
  if (high !== '0') ends.set(partition, BigInt(high));
}
const groupId = `typescript-example-${process.pid}-${Date.now()}`;
const consumer = kafka.consumer({ groupId });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await new Promise<void>((resolve, reject) => {
  if (ends.size === 0) resolve();
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
    if (BigInt(lastOffset) + 1n >= (ends.get(partition) ?? 0n)) ends.delete(partition);
    if (ends.size === 0) resolve();
  });
  void consumer.run({ eachMessage: ({ partition, message }) => take(partition, message) });
});
await consumer.disconnect();
await admin.deleteGroups([groupId]);
await admin.disconnect();
console.log(JSON.stringify({ consumer: 'typescript', orders, faults }));
