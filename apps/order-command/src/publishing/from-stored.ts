import { ContractError, upcast, type CurrentEvent, type StoredFields } from '@orderline/contracts';
import type { StoredEvent } from '@orderline/event-store';
import { customerId, restaurantId, sku, type OrderEvent } from '@orderline/ordering';

type StoredPersonal = StoredFields['OrderCancelled']['reason'];
type EventOfType<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
type Mappings = {
  [Type in keyof StoredFields & OrderEvent['type']]: (data: StoredFields[Type], at: number) => EventOfType<Type>;
};

/** A value under a key is of a time that has keys: this build would fold past it without knowing it. */
function plain(field: StoredPersonal): string;
function plain(field: StoredPersonal | null): string | null;
function plain(field: StoredPersonal | null): string | null {
  if (field === null) return null;
  if (field.keyId === null) return field.value;
  throw new ContractError('newer_history', 'this build has no keys for personal fields');
}

const mappings: Mappings = {
  OrderCreated: (data, at) => ({
    type: 'OrderCreated',
    at,
    customerId: customerId(data.customerId),
    restaurantId: restaurantId(data.restaurantId),
    items: data.items.map((item) => ({ ...item, sku: sku(item.sku) })),
    totalMinor: data.totalMinor,
    currency: data.currency,
    deliveryAddress: plain(data.deliveryAddress),
    notes: plain(data.notes),
  }),
  OrderItemAdded: (data, at) => ({ type: 'OrderItemAdded', at, ...data, sku: sku(data.sku) }),
  OrderItemRemoved: (data, at) => ({ type: 'OrderItemRemoved', at, ...data, sku: sku(data.sku) }),
  OrderUpdated: ({ deliveryAddress, notes }, at) => ({
    type: 'OrderUpdated',
    at,
    deliveryAddress: plain(deliveryAddress),
    notes: plain(notes),
  }),
  PaymentReceived: (data, at) => ({ type: 'PaymentReceived', at, ...data, reference: plain(data.reference) }),
  PaymentRefunded: (data, at) => ({
    type: 'PaymentRefunded',
    at,
    ...data,
    reason: plain(data.reason),
    reference: plain(data.reference),
  }),
  OrderConfirmed: (_, at) => ({ type: 'OrderConfirmed', at }),
  OrderPreparing: ({ estimatedReadyAt }, at) => ({
    type: 'OrderPreparing',
    at,
    estimatedReadyAt: Date.parse(estimatedReadyAt),
  }),
  OrderReady: (_, at) => ({ type: 'OrderReady', at }),
  OrderOutForDelivery: ({ courier, trackingId }, at) => ({
    type: 'OrderOutForDelivery',
    at,
    courier: plain(courier),
    trackingId,
  }),
  OrderDelivered: ({ signedBy }, at) => ({ type: 'OrderDelivered', at, signedBy: plain(signedBy) }),
  OrderCancelled: ({ reason }, at) => ({ type: 'OrderCancelled', at, reason: plain(reason) }),
};

const apply = <Type extends keyof Mappings>(type: Type, data: StoredFields[Type], at: number): EventOfType<Type> =>
  mappings[type](data, at);

/**
 * A stored event as the domain's, upcast first. Throws ContractError `newer_history` for what this build does not know.
 */
export const fromStored = (stored: Pick<StoredEvent, 'type' | 'schemaVersion' | 'data' | 'metadata'>): OrderEvent => {
  const current: CurrentEvent = upcast(stored);
  return apply(current.type, current.data as never, Date.parse(stored.metadata.occurredAt));
};
