import type { OrderCreated, OrderEvent, OrderItemAdded } from './events.ts';
import { withEntry } from './ledger.ts';
import type { Item, Order } from './order.ts';

type EventByType = { [Event in Exclude<OrderEvent, OrderCreated> as Event['type']]: Event };
type Changes = { [Type in keyof EventByType]: (order: Order, event: EventByType[Type]) => Order };

const created = (event: OrderCreated): Order => ({
  status: 'Created',
  customerId: event.customerId,
  restaurantId: event.restaurantId,
  currency: event.currency,
  items: event.items,
  totalMinor: event.totalMinor,
  paidMinor: 0,
  refundedMinor: 0,
  deliveryAddress: event.deliveryAddress,
  notes: event.notes,
  courier: null,
  trackingId: null,
  signedBy: null,
  estimatedReadyAt: null,
  cancelReason: null,
  payments: [],
  refunds: [],
});

const withItem = (items: readonly Item[], { sku, name, quantity, unitPriceMinor }: OrderItemAdded): readonly Item[] => {
  const index = items.findIndex((item) => item.sku === sku);
  const line = items[index];
  if (line === undefined) return [...items, { sku, name, quantity, unitPriceMinor }];
  return items.with(index, { ...line, quantity: line.quantity + quantity });
};

/** An event without its change does not compile. Events carry what they leave behind, so nothing is computed twice. */
const changes: Changes = {
  OrderItemAdded: (order, event) => ({
    ...order,
    items: withItem(order.items, event),
    totalMinor: event.totalMinor,
  }),
  OrderItemRemoved: (order, { sku, totalMinor }) => ({
    ...order,
    items: order.items.filter((item) => item.sku !== sku),
    totalMinor,
  }),
  OrderUpdated: (order, { deliveryAddress, notes }) => ({ ...order, deliveryAddress, notes }),
  PaymentReceived: (order, { paidMinor, refundedMinor, reference, method, amountMinor }) => ({
    ...order,
    paidMinor,
    refundedMinor,
    payments: withEntry(order.payments, { reference, method, amountMinor }),
  }),
  PaymentRefunded: (order, { paidMinor, refundedMinor, reference, amountMinor }) => ({
    ...order,
    paidMinor,
    refundedMinor,
    refunds: withEntry(order.refunds, { reference, amountMinor }),
  }),
  OrderConfirmed: (order) => ({ ...order, status: 'Confirmed' }),
  OrderPreparing: (order, { estimatedReadyAt }) => ({ ...order, status: 'Preparing', estimatedReadyAt }),
  OrderReady: (order) => ({ ...order, status: 'Ready' }),
  OrderOutForDelivery: (order, { courier, trackingId }) => ({
    ...order,
    status: 'OutForDelivery',
    courier,
    trackingId,
  }),
  OrderDelivered: (order, { signedBy }) => ({ ...order, status: 'Delivered', signedBy }),
  OrderCancelled: (order, { reason }) => ({ ...order, status: 'Cancelled', cancelReason: reason }),
};

const applyChange = <Type extends keyof EventByType>(type: Type, order: Order, event: EventByType[Type]): Order =>
  changes[type](order, event);

/**
 * The order after one more event of its history. Judges nothing: what happened is so. Pure, neither argument is
 * written to; constant work per event whatever the history's length, but for a page of payments (see ledger.ts).
 * Throws Error where a history does not begin with OrderCreated, or has it twice: no order can have got there.
 */
export const evolve = (order: Order | undefined, event: OrderEvent): Order => {
  if (event.type === 'OrderCreated') {
    if (order !== undefined) throw new Error('OrderCreated in the middle of a history');
    return created(event);
  }
  if (order === undefined) throw new Error(`${event.type} before OrderCreated`);
  return applyChange(event.type, order, event);
};
