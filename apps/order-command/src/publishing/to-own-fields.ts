import { personal, type EventType, type OwnFields } from '@orderline/contracts';
import type { OrderEvent } from '@orderline/ordering';

type EventOfType<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
type Mappings = { [Type in EventType]: (event: EventOfType<Type>) => OwnFields<Type> };

/** An event type without its record does not compile. */
const mappings: Mappings = {
  OrderCreated: ({ items, totalMinor, currency, deliveryAddress, notes }) => ({
    items,
    totalMinor,
    currency,
    deliveryAddress: personal(deliveryAddress),
    notes: personal(notes),
  }),
  OrderItemAdded: ({ sku, name, quantity, unitPriceMinor, currency, totalMinor }) => ({
    sku,
    name,
    quantity,
    unitPriceMinor,
    currency,
    totalMinor,
  }),
  OrderItemRemoved: ({ sku, name, quantity, unitPriceMinor, currency, totalMinor }) => ({
    sku,
    name,
    quantity,
    unitPriceMinor,
    currency,
    totalMinor,
  }),
  OrderUpdated: ({ deliveryAddress, notes }) => ({
    deliveryAddress: personal(deliveryAddress),
    notes: personal(notes),
  }),
  PaymentReceived: ({ method, amountMinor, currency, reference, paidMinor, refundedMinor }) => ({
    method,
    amountMinor,
    currency,
    reference: personal(reference),
    paidMinor,
    refundedMinor,
  }),
  PaymentRefunded: ({ amountMinor, currency, reason, reference, paidMinor, refundedMinor }) => ({
    amountMinor,
    currency,
    reason: personal(reason),
    reference: personal(reference),
    paidMinor,
    refundedMinor,
  }),
  OrderConfirmed: () => ({}),
  OrderPreparing: ({ estimatedReadyAt }) => ({ estimatedReadyAt }),
  OrderReady: () => ({}),
  OrderOutForDelivery: ({ courier, trackingId }) => ({ courier: personal(courier), trackingId }),
  OrderDelivered: ({ signedBy }) => ({ signedBy: personal(signedBy) }),
  OrderCancelled: ({ reason }) => ({ reason: personal(reason) }),
};

const apply = <Type extends keyof Mappings>(type: Type, event: EventOfType<Type>): OwnFields<Type> =>
  mappings[type](event);

/** The own fields of the contract's record for an event of the domain. */
export const toOwnFields = (event: OrderEvent): Readonly<Record<string, unknown>> => apply(event.type, event as never);
