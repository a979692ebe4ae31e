import type { OrderCommand } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { customerId, restaurantId, sku } from './ids.ts';
import type { Status } from './lifecycle.ts';
import type { Item } from './order.ts';

/** One order through all of its statuses, for specs. */
export const at = Date.UTC(2026, 0, 15, 14, 5);

export const pizza: Item = { sku: sku('pizza'), name: 'Pizza', quantity: 2, unitPriceMinor: 1250 };
export const cola: Item = { sku: sku('cola'), name: 'Cola', quantity: 1, unitPriceMinor: 300 };
export const salad: Item = { sku: sku('salad'), name: 'Salad', quantity: 1, unitPriceMinor: 700 };

export const created = {
  type: 'OrderCreated',
  at,
  customerId: customerId('c-1'),
  restaurantId: restaurantId('r-7'),
  items: [pizza, cola],
  totalMinor: 2800,
  currency: 'USD',
  deliveryAddress: '1 Main Street',
  notes: null,
} as const satisfies OrderEvent;

export const paid = {
  type: 'PaymentReceived',
  at,
  method: 'card',
  amountMinor: 1000,
  currency: 'USD',
  reference: 'p-1',
  paidMinor: 1000,
  refundedMinor: 0,
} as const satisfies OrderEvent;

export const refunded = {
  type: 'PaymentRefunded',
  at,
  amountMinor: 400,
  currency: 'USD',
  reason: 'cold',
  reference: 'f-1',
  paidMinor: 1000,
  refundedMinor: 400,
} as const satisfies OrderEvent;

export const refundedByCancellation = {
  type: 'PaymentRefunded',
  at,
  amountMinor: 600,
  currency: 'USD',
  reason: 'changed my mind',
  reference: 'cancellation',
  paidMinor: 1000,
  refundedMinor: 1000,
} as const satisfies OrderEvent;

export const confirmed = { type: 'OrderConfirmed', at } as const satisfies OrderEvent;
export const preparing = {
  type: 'OrderPreparing',
  at,
  estimatedReadyAt: at + 20 * 60_000,
} as const satisfies OrderEvent;
export const ready = { type: 'OrderReady', at } as const satisfies OrderEvent;
export const dispatched = {
  type: 'OrderOutForDelivery',
  at,
  courier: 'Ada',
  trackingId: 't-1',
} as const satisfies OrderEvent;
export const delivered = { type: 'OrderDelivered', at, signedBy: 'Grace' } as const satisfies OrderEvent;
export const cancelled = { type: 'OrderCancelled', at, reason: 'changed my mind' } as const satisfies OrderEvent;

const steps = [confirmed, preparing, ready, dispatched, delivered];

/** The history that brings an order, partly paid and refunded, to each status. */
export const historyTo: Record<Status, readonly OrderEvent[]> = {
  Created: [created, paid, refunded],
  Confirmed: [created, paid, refunded, ...steps.slice(0, 1)],
  Preparing: [created, paid, refunded, ...steps.slice(0, 2)],
  Ready: [created, paid, refunded, ...steps.slice(0, 3)],
  OutForDelivery: [created, paid, refunded, ...steps.slice(0, 4)],
  Delivered: [created, paid, refunded, ...steps],
  Cancelled: [created, paid, refunded, refundedByCancellation, cancelled],
};

export const createOrder = {
  type: 'CreateOrder',
  at,
  customerId: created.customerId,
  restaurantId: created.restaurantId,
  currency: 'USD',
  items: [pizza, cola],
  deliveryAddress: '1 Main Street',
} as const satisfies OrderCommand;
export const addSalad = { type: 'AddItem', at, item: salad } as const satisfies OrderCommand;
export const removeCola = { type: 'RemoveItem', at, sku: 'cola' } as const satisfies OrderCommand;
export const ringTwice = { type: 'UpdateOrder', at, notes: 'ring twice' } as const satisfies OrderCommand;
export const pay = {
  type: 'RecordPayment',
  at,
  method: 'cash',
  amountMinor: 500,
  reference: 'p-2',
} as const satisfies OrderCommand;
export const refund = {
  type: 'RefundPayment',
  at,
  amountMinor: 100,
  reason: 'late',
  reference: 'f-2',
} as const satisfies OrderCommand;
export const confirm = { type: 'ConfirmOrder', at } as const satisfies OrderCommand;
export const startPreparing = { type: 'StartPreparing', at, estimatedMinutes: 20 } as const satisfies OrderCommand;
export const markReady = { type: 'MarkReady', at } as const satisfies OrderCommand;
export const dispatch = {
  type: 'DispatchOrder',
  at,
  courier: 'Ada',
  trackingId: 't-1',
} as const satisfies OrderCommand;
export const deliver = { type: 'DeliverOrder', at, signedBy: 'Grace' } as const satisfies OrderCommand;
export const cancel = {
  type: 'CancelOrder',
  at,
  reason: 'changed my mind',
  refund: true,
} as const satisfies OrderCommand;
