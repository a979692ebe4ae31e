import {
  contractSchemas,
  currentSchemaIds,
  currentSchemaVersion,
  encodeEvent,
  personal,
  toStored,
  upcast,
  type ContractEvent,
  type StoredPersonal,
} from '@orderline/contracts';
import type { LoadedStream, NewEvent, StoredEvent } from '@orderline/event-store';
import { evolve, type Order, type OrderEvent } from '@orderline/ordering';
import { newId, sampleMetadata } from './sample-order.ts';

// Nobody imports an app, so what order-command does between its rules and its store is composed here anew, of the same calls
// to the same libraries.
const personalFields: Readonly<Record<OrderEvent['type'], readonly string[]>> = {
  OrderCreated: ['deliveryAddress', 'notes'],
  OrderItemAdded: [],
  OrderItemRemoved: [],
  OrderUpdated: ['deliveryAddress', 'notes'],
  PaymentReceived: ['reference'],
  PaymentRefunded: ['reason', 'reference'],
  OrderConfirmed: [],
  OrderPreparing: [],
  OrderReady: [],
  OrderOutForDelivery: ['courier'],
  OrderDelivered: ['signedBy'],
  OrderCancelled: ['reason'],
};
export const schemaIds = currentSchemaIds(
  contractSchemas.map(({ subject, fingerprint }, index) => ({ subject, fingerprint, id: index + 1 })),
);

/** The event as it is on the topic, as version `version` of the order, whose state after it is `order`. */
export const toRecord = (
  event: OrderEvent,
  { orderId, version, order }: { orderId: string; version: number; order: Order },
): ContractEvent => {
  const { type, at, ...fields } = event;
  const own: Record<string, unknown> = fields;
  for (const name of personalFields[type]) own[name] = personal(own[name] as string | null);
  const { actor, correlationId, causationId } = sampleMetadata;
  return {
    ...{ type, eventId: newId(), orderId, version, occurredAt: at, schemaVersion: currentSchemaVersion(type) },
    ...{ customerId: order.customerId, restaurantId: order.restaurantId, correlationId, causationId, actor },
    aggregateType: 'Order',
    ...own,
  } as ContractEvent;
};

/** The event as version `version` of the order, whose state after it is `order`: its row and its record. */
export const toNewEvent = (event: OrderEvent, orderId: string, version: number, order: Order): NewEvent => {
  const record = toRecord(event, { orderId, version, order });
  return {
    eventId: record.eventId,
    type: event.type,
    schemaVersion: record.schemaVersion,
    data: toStored(record),
    metadata: { ...sampleMetadata, occurredAt: new Date(event.at).toISOString() },
    outbox: { payload: encodeEvent(record, schemaIds), ceType: `orderline.orders.${event.type}` },
  };
};

/** An order's state from what was loaded of it: its snapshot with the events after it upcast and folded in. */
export const fold = ({ snapshot, events }: LoadedStream): Order | undefined => {
  let order = snapshot?.state as Order | undefined;
  for (const event of events) order = evolve(order, toDomain(event));
  return order;
};

const toDomain = (stored: StoredEvent): OrderEvent => {
  const { type, data } = upcast(stored);
  const event: Record<string, unknown> = { type, at: Date.parse(stored.metadata.occurredAt), ...data };
  for (const name of personalFields[type]) event[name] = (event[name] as StoredPersonal | null)?.value ?? null;
  if (type === 'OrderPreparing') event['estimatedReadyAt'] = Date.parse(data.estimatedReadyAt);
  return event as OrderEvent;
};
