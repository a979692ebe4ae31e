import { defineProjection, defineTable, unchanged } from '@orderline/projection';

const table = defineTable({
  name: 'customer_order',
  key: ['orderId'],
  columns: {
    orderId: 'uuid',
    version: 'integer',
    status: 'text',
    customerId: 'text',
    restaurantId: 'text',
    currency: 'text',
    totalMinor: 'bigint',
    paidMinor: 'bigint',
    refundedMinor: 'bigint',
    itemCount: 'integer',
    createdAt: 'timestamptz',
    updatedAt: 'timestamptz',
  },
});

/** The orders of each customer, as they are now. */
export const customerOrders = defineProjection({
  name: 'customer-orders',
  version: 1,
  table,
  key: (event) => event.orderId,
  stamp: (row, event) => ({ ...row, version: event.version, updatedAt: event.recordedAt }),
  on: {
    OrderCreated: (_, { orderId, version, customerId, restaurantId, currency, totalMinor, items, recordedAt }) => ({
      orderId,
      version,
      status: 'Created',
      customerId,
      restaurantId,
      currency,
      totalMinor,
      paidMinor: 0,
      refundedMinor: 0,
      itemCount: items.reduce((pieces, { quantity }) => pieces + quantity, 0),
      createdAt: recordedAt,
      updatedAt: recordedAt,
    }),
    OrderItemAdded: (row, { quantity, totalMinor }) => ({ ...row, totalMinor, itemCount: row.itemCount + quantity }),
    OrderItemRemoved: (row, { quantity, totalMinor }) => ({ ...row, totalMinor, itemCount: row.itemCount - quantity }),
    OrderUpdated: unchanged,
    PaymentReceived: (row, { paidMinor, refundedMinor }) => ({ ...row, paidMinor, refundedMinor }),
    PaymentRefunded: (row, { paidMinor, refundedMinor }) => ({ ...row, paidMinor, refundedMinor }),
    OrderConfirmed: (row) => ({ ...row, status: 'Confirmed' }),
    OrderPreparing: (row) => ({ ...row, status: 'Preparing' }),
    OrderReady: (row) => ({ ...row, status: 'Ready' }),
    OrderOutForDelivery: (row) => ({ ...row, status: 'OutForDelivery' }),
    OrderDelivered: (row) => ({ ...row, status: 'Delivered' }),
    OrderCancelled: (row) => ({ ...row, status: 'Cancelled' }),
  },
});
