import {
  contractSchemas,
  currentSchemaIds,
  currentSchemaVersion,
  encodeEvent,
  personal,
  toStored,
  upcast,
  type ContractEvent,
} from '@orderline/contracts';
import type { LoadedStream, NewEvent, StoredEvent } from '@orderline/event-store';
import { evolve, type Order, type OrderEvent } from '@orderline/ordering';
import { newId, sampleMetadata } from './sample-order.ts';

// Nobody imports an app, so what order-command does between its rules and its store is composed here anew: the same calls of
// the same libraries, but fields are mapped by their names where it has a mapping for every type.
const personalFields = new Set(['deliveryAddress', 'notes', 'reference', 'reason', 'courier', 'signedBy']);
const schemaIds = currentSchemaIds(
  contractSchemas.map(({ subject, fingerprint }, index) => ({ subject, fingerprint, id: index + 1 })),
);

/** The event as version `version` of the order, whose state after it is `order`: its row and its record. */
export const toNewEvent = (event: OrderEvent, orderId: string, version: number, order: Order): NewEvent => {
  const { type, at, ...own } = event;
  const eventId = newId();
  const { actor, correlationId, causationId } = sampleMetadata;
  const record = {
    ...{ type, eventId, orderId, version, occurredAt: at, schemaVersion: currentSchemaVersion(type) },
    ...{ customerId: order.customerId, restaurantId: order.restaurantId, correlationId, causationId, actor },
    aggregateType: 'Order',
    ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, published(name, value)])),
  } as ContractEvent;
  return {
    eventId,
    type,
    schemaVersion: record.schemaVersion,
    data: toStored(record),
    metadata: { ...sampleMetadata, occurredAt: new Date(at).toISOString() },
    outbox: { payload: encodeEvent(record, schemaIds), ceType: `orderline.orders.${type}` },
  };
};

const published = (name: string, value: unknown): unknown =>
  personalFields.has(name) ? personal(value as string | null) : value;

/** An order's state from what was loaded of it: its snapshot with the events after it upcast and folded in. */
export const fold = ({ snapshot, events }: LoadedStream): Order | undefined => {
  let order = snapshot?.state as Order | undefined;
  for (const event of events) order = evolve(order, toDomain(event));
  return order;
};

const toDomain = (stored: StoredEvent): OrderEvent => {
  const { type, data } = upcast(stored);
  const event: Record<string, unknown> = { type, at: Date.parse(stored.metadata.occurredAt) };
  for (const [name, value] of Object.entries(data)) event[name] = plain(name, value);
  return event as OrderEvent;
};

const plain = (name: string, value: unknown): unknown => {
  if (personalFields.has(name)) return (value as { value: string } | null)?.value ?? null;
  return name === 'estimatedReadyAt' ? Date.parse(value as string) : value;
};
