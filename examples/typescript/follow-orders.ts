// node follow-orders.ts <broker> <registry address> <topic> [order id…]: follows the orders up to the topic's present end.
// Uses nothing of Orderline: kafkajs, the registry client, and what docs/subscribing.md says.
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';
import kafkajs, { type KafkaMessage } from 'kafkajs';

type Personal = { keyId: string | null; value: Buffer };
type Event = {
  eventId: string;
  orderId: string;
  version: number;
  correlationId: string;
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

const [broker = '', registryUrl = '', topic = '', ...wanted] = process.argv.slice(2);
const registry = new SchemaRegistry({ host: registryUrl });
const orders: Record<string, Order> = {};
const faults: string[] = [];

type Headers = Readonly<Record<string, string>>;

const compare = (headers: Headers, expected: Headers): void => {
  for (const [name, value] of Object.entries(expected)) {
    if (headers[name] !== value) faults.push(`${headers['ce_id']}: ${name} is ${headers[name]}, not ${value}`);
  }
};

/** What the page promises of every record: one that comes again and one of an unknown type are no exceptions. */
const checkHeaders = ({ key, timestamp }: KafkaMessage, headers: Headers): void => {
  compare(headers, {
    ce_specversion: '1.0',
    ce_source: '/orderline/order-command',
    ce_type: `orderline.orders.${headers['event-type']}`,
    ce_subject: String(key),
    ce_time: new Date(Number(timestamp)).toISOString(),
    'content-type': 'application/avro',
  });
  for (const name of ['ce_id', 'event-version', 'correlation-id', 'traceparent']) {
    if (!headers[name]) faults.push(`${headers['ce_id']}: no ${name}`);
  }
};

/** Headers against the record, where its type is known. */
const checkPayload = (headers: Headers, event: Event): void => {
  compare(headers, {
    ce_id: event.eventId,
    ce_subject: event.orderId,
    'event-version': String(event.version),
    'correlation-id': event.correlationId,
  });
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

/** The event, undefined of a type that is not known. */
const read = async (message: KafkaMessage, value: Buffer, headers: Headers): Promise<Event | undefined> => {
  checkHeaders(message, headers);
  if (!knownTypes.has(headers['event-type'] ?? '')) return undefined;
  const event = (await registry.decode(value)) as Event;
  checkPayload(headers, event);
  return event;
};

const take = async (partition: number, message: KafkaMessage): Promise<void> => {
  const key = String(message.key);
  if (message.value === null || (wanted.length > 0 && !wanted.includes(key))) return;
  const texts = Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]);
  const headers = Object.fromEntries(texts) as Headers;
  const event = await read(message, message.value, headers);
  const { 'event-type': type = '', 'event-version': version = '', ce_id: eventId = '' } = headers;
  const order = orderOf(key, partition);
  if (!isNext(order, { version: Number(version), eventId })) return;
  Object.assign(order, { version: Number(version), lastEventId: eventId });
  if (event) apply(order, type, event);
  else order.unknown.push(type);
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
