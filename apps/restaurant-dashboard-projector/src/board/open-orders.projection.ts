import { defineProjection, defineTable, unchanged } from '@orderline/projection';

const table = defineTable({
  name: 'open_order',
  key: ['orderId'],
  columns: {
    orderId: 'uuid',
    restaurantId: 'text',
    version: 'integer',
    status: 'text',
    since: 'timestamptz',
    estimatedReadyAt: 'timestamptz?',
    createdAt: 'timestamptz',
  },
});

/** One row per order until it is delivered or cancelled. */
export const openOrders = defineProjection({
  name: 'open-orders',
  version: 1,
  table,
  key: (event) => event.orderId,
  stamp: (row, { version }) => ({ ...row, version }),
  on: {
    OrderCreated: (_, { orderId, restaurantId, version, recordedAt }) => ({
      orderId,
      restaurantId,
      version,
      status: 'Created',
      since: recordedAt,
      estimatedReadyAt: null,
      createdAt: recordedAt,
    }),
    OrderItemAdded: unchanged,
    OrderItemRemoved: unchanged,
    OrderUpdated: unchanged,
    PaymentReceived: unchanged,
    PaymentRefunded: unchanged,
    OrderConfirmed: (row, { recordedAt }) => ({ ...row, status: 'Confirmed', since: recordedAt }),
    OrderPreparing: (row, { estimatedReadyAt, recordedAt }) => ({
      ...row,
      status: 'Preparing',
      since: recordedAt,
      estimatedReadyAt,
    }),
    OrderReady: (row, { recordedAt }) => ({ ...row, status: 'Ready', since: recordedAt }),
    OrderOutForDelivery: (row, { recordedAt }) => ({ ...row, status: 'OutForDelivery', since: recordedAt }),
    OrderDelivered: () => undefined,
    OrderCancelled: () => undefined,
  },
});
