import type { TopicRecord } from '@orderline/kafka';
import { jsonbText } from './jsonb-text.ts';

/** What a record of the topic says. */
export type RecordEvent = {
  readonly orderId: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly customerId: string;
  readonly restaurantId: string;
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: { readonly id: string; readonly role: string };
  /** Own fields, for OrderCreated with the parties: what the event table keeps as `data`. */
  readonly stored: Readonly<Record<string, unknown>>;
};

const envelope = new Set([
  ...['eventId', 'orderId', 'version', 'occurredAt', 'schemaVersion', 'customerId', 'restaurantId'],
  ...['correlationId', 'causationId', 'actor', 'aggregateType'],
]);
const orderIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
/** An order has some dozens of events; beyond this a version is no version. */
const mostVersions = 10_000_000;

const isOfAnOrder = ({ orderId, eventId, version, actor }: Readonly<Record<string, unknown>>): boolean =>
  [
    typeof orderId === 'string' && orderIdForm.test(orderId) && typeof eventId === 'string',
    typeof version === 'number' && version >= 1 && version <= mostVersions,
    typeof actor === 'object' && actor !== null,
  ].every(Boolean);

/** Undefined for a record that is no event of an order. */
export const asEvent = (type: string, fields: Readonly<Record<string, unknown>>): RecordEvent | undefined => {
  if (!isOfAnOrder(fields)) return undefined;
  const stored: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) if (!envelope.has(name)) stored[name] = fields[name];
  if (type === 'OrderCreated') {
    stored['customerId'] = fields['customerId'];
    stored['restaurantId'] = fields['restaurantId'];
  }
  return { ...(fields as unknown as Omit<RecordEvent, 'type' | 'stored'>), type, stored };
};

/** Everything of a record that its stored event must show too; `contentSql` makes the same text from a stored event. */
export const recordForm = (event: RecordEvent, record: TopicRecord): string => {
  const { orderId, version, eventId, type, schemaVersion, occurredAt, actor, correlationId, causationId } = event;
  const from = `${occurredAt}\n${actor.role}\n${actor.id}\n${correlationId}\n${causationId ?? ''}`;
  const trace = record.headers['traceparent'] ?? '';
  return `${orderId}\n${version}\n${eventId}\n${type}\n${schemaVersion}\n${record.timestamp}\n${from}\n${trace}\n${jsonbText(event.stored)}`;
};

/** Names of what the record says twice and not the same way: its key and headers against its payload and time. */
export const contradictions = (event: RecordEvent, { key, headers, timestamp }: TopicRecord): string[] => {
  const { orderId, eventId, type, version, correlationId } = event;
  const wanted: readonly (readonly [string, string | undefined, string])[] = [
    ['key', key?.toString(), orderId],
    ['ce_specversion', headers['ce_specversion'], '1.0'],
    ['ce_id', headers['ce_id'], eventId],
    ['ce_source', headers['ce_source'], '/orderline/order-command'],
    ['ce_type', headers['ce_type'], `orderline.orders.${type}`],
    ['ce_subject', headers['ce_subject'], orderId],
    ['ce_time', headers['ce_time'], new Date(timestamp).toISOString()],
    ['content-type', headers['content-type'], 'application/avro'],
    ['event-type', headers['event-type'], type],
    ['event-version', headers['event-version'], String(version)],
    ['correlation-id', headers['correlation-id'], correlationId],
  ];
  return wanted.filter(([, found, right]) => found !== right).map(([name]) => name);
};
