import { randomUUID } from 'node:crypto';
import { personal, type EventOf, type EventType, type OwnFields } from '@orderline/contracts';
import type { Recorded } from '@orderline/projection';

type Order = { orderId: string; customerId: string; restaurantId: string; currency: string };

export type OrderLife = Order & {
  /** The order's next event, recorded at an instant: epoch milliseconds or RFC 3339. */
  next<T extends EventType>(type: T, recordedAt: number | string, fields?: Partial<EventOf<T>>): Recorded;
};

/** An order whose events are made one after the other. */
export const orderLife = (given: Partial<Order> = {}): OrderLife => {
  const order = { orderId: randomUUID(), customerId: 'c-1', restaurantId: 'r-1', currency: 'USD', ...given };
  const ownFields = ownFieldsIn(order.currency);
  let version = 0;
  return {
    ...order,
    next: (type, recordedAt, fields = {}) => {
      version += 1;
      const { orderId, customerId, restaurantId } = order;
      const at = typeof recordedAt === 'number' ? recordedAt : Date.parse(recordedAt);
      return {
        ...{ type, eventId: randomUUID(), orderId, version, customerId, restaurantId, aggregateType: 'Order' },
        ...{ occurredAt: at, recordedAt: at, schemaVersion: 1, correlationId: 'spec', causationId: null },
        actor: { id: 'anonymous', role: 'system' },
        ...ownFields[type],
        ...fields,
      } as unknown as Recorded;
    },
  };
};

const ownFieldsIn = (currency: string): { [T in EventType]: OwnFields<T> } => {
  const item = { sku: 'tea', name: 'Tea', quantity: 1, unitPriceMinor: 200 };
  const paid = { amountMinor: 900, currency, reference: personal('r-1'), paidMinor: 900, refundedMinor: 0 };
  return {
    OrderCreated: { items: [item], totalMinor: 200, currency, deliveryAddress: null, notes: null },
    OrderItemAdded: { ...item, currency, totalMinor: 400 },
    OrderItemRemoved: { ...item, currency, totalMinor: 200 },
    OrderUpdated: { deliveryAddress: null, notes: null },
    PaymentReceived: { ...paid, method: 'card' },
    PaymentRefunded: { ...paid, reason: personal('late'), refundedMinor: 900 },
    OrderConfirmed: {},
    OrderPreparing: { estimatedReadyAt: Date.parse('2026-01-15T15:00:00Z') },
    OrderReady: {},
    OrderOutForDelivery: { courier: personal('Kim'), trackingId: null },
    OrderDelivered: { signedBy: null },
    OrderCancelled: { reason: personal('closed') },
  };
};
