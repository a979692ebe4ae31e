import { defineProjection, defineTable, unchanged, type RowOf } from '@orderline/projection';

const table = defineTable({
  name: 'order_summary',
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

export type OrderSummaryRow = RowOf<typeof table>;

/** One row per order, as it is now. */
export const orderSummary = defineProjection({
  name: 'order-summary',
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
