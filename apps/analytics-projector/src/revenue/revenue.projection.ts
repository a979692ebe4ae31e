import { defineDeltas, defineTable, nothing } from '@orderline/projection';
import { utcDay } from '@orderline/read-models';

const table = defineTable({
  name: 'revenue',
  key: ['day', 'currency'],
  columns: { day: 'date', currency: 'text', receivedMinor: 'bigint', refundedMinor: 'bigint' },
});

/** Payments and refunds by the day that they were recorded. */
export const revenue = defineDeltas({
  name: 'revenue',
  version: 1,
  table,
  on: {
    OrderCreated: nothing,
    OrderItemAdded: nothing,
    OrderItemRemoved: nothing,
    OrderUpdated: nothing,
    PaymentReceived: ({ recordedAt, currency, amountMinor }) => [
      { day: utcDay(recordedAt), currency, receivedMinor: amountMinor },
    ],
    PaymentRefunded: ({ recordedAt, currency, amountMinor }) => [
      { day: utcDay(recordedAt), currency, refundedMinor: amountMinor },
    ],
    OrderConfirmed: nothing,
    OrderPreparing: nothing,
    OrderReady: nothing,
    OrderOutForDelivery: nothing,
    OrderDelivered: nothing,
    OrderCancelled: nothing,
  },
});
