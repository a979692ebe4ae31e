import { randomUUID } from 'node:crypto';
import type { ContractEvent, EventOf, EventType, OwnFields } from '@orderline/contracts';

const ownFields: { [T in EventType]: OwnFields<T> } = {
  OrderCreated: {
    items: [{ sku: 'soup', name: 'Soup', quantity: 2, unitPriceMinor: 450 }],
    totalMinor: 900,
    currency: 'EUR',
    deliveryAddress: null,
    notes: null,
  },
  OrderItemAdded: { sku: 'tea', name: 'Tea', quantity: 1, unitPriceMinor: 200, currency: 'EUR', totalMinor: 1_100 },
  OrderItemRemoved: { sku: 'tea', name: 'Tea', quantity: 1, unitPriceMinor: 200, currency: 'EUR', totalMinor: 900 },
  OrderUpdated: { deliveryAddress: null, notes: null },
  PaymentReceived: {
    method: 'card',
    amountMinor: 900,
    currency: 'EUR',
    reference: { keyId: null, value: Buffer.from('r-1') },
    paidMinor: 900,
    refundedMinor: 0,
  },
  PaymentRefunded: {
    amountMinor: 900,
    currency: 'EUR',
    reason: { keyId: null, value: Buffer.from('late') },
    reference: { keyId: null, value: Buffer.from('r-2') },
    paidMinor: 900,
    refundedMinor: 900,
  },
  OrderConfirmed: {},
  OrderPreparing: { estimatedReadyAt: 1_768_486_000_000 },
  OrderReady: {},
  OrderOutForDelivery: { courier: { keyId: null, value: Buffer.from('Kim') }, trackingId: null },
  OrderDelivered: { signedBy: null },
  OrderCancelled: { reason: { keyId: null, value: Buffer.from('closed') } },
};

export type ExampleOrder = {
  readonly orderId: string;
  /** The next event of the order; its version follows the last one's. */
  next<T extends EventType>(type: T, fields?: Partial<EventOf<T>>): ContractEvent;
  /** Several of them. */
  life(...types: EventType[]): ContractEvent[];
};

/** An order whose events can be made one after the other. */
export const exampleOrder = (
  envelope: { orderId?: string; customerId?: string; restaurantId?: string } = {},
): ExampleOrder => {
  const { orderId = randomUUID(), customerId = 'c-1', restaurantId = 'r-1' } = envelope;
  let version = 0;
  const next = <T extends EventType>(type: T, fields: Partial<EventOf<T>> = {}): ContractEvent => {
    version += 1;
    const event = {
      type,
      eventId: randomUUID(),
      orderId,
      version,
      occurredAt: 1_768_485_600_000 + version,
      schemaVersion: type === 'OrderCreated' ? 3 : 1,
      customerId,
      restaurantId,
      correlationId: 'spec',
      causationId: null,
      actor: { id: 'anonymous', role: 'system' },
      aggregateType: 'Order',
      ...ownFields[type],
      ...fields,
    };
    return event as unknown as ContractEvent;
  };
  return { orderId, next, life: (...types) => types.map((type) => next(type)) };
};
