import { defineMultiRowProjection, defineTable, unchanged, type EventType } from '@orderline/projection';
import { utcDay } from '@orderline/read-models';

const table = defineTable({
  name: 'preparation',
  key: ['orderId'],
  columns: {
    orderId: 'uuid',
    restaurantId: 'text',
    preparingAt: 'timestamptz',
    readyDay: 'date?',
    seconds: 'integer?',
  },
});

const touching: ReadonlySet<EventType> = new Set(['OrderPreparing', 'OrderReady', 'OrderCancelled']);

/** How long each order took from Preparing to Ready, in whole seconds. */
export const preparations = defineMultiRowProjection({
  name: 'preparations',
  version: 1,
  table,
  keys: ({ type, orderId }) => (touching.has(type) ? [orderId] : []),
  on: {
    OrderCreated: unchanged,
    OrderItemAdded: unchanged,
    OrderItemRemoved: unchanged,
    OrderUpdated: unchanged,
    PaymentReceived: unchanged,
    PaymentRefunded: unchanged,
    OrderConfirmed: unchanged,
    OrderPreparing: (_, { orderId, restaurantId, recordedAt }) => ({
      orderId,
      restaurantId,
      preparingAt: recordedAt,
      readyDay: null,
      seconds: null,
    }),
    OrderReady: (row, { recordedAt }) =>
      row && {
        ...row,
        readyDay: utcDay(recordedAt),
        seconds: Math.round((recordedAt - row.preparingAt) / 1_000),
      },
    OrderOutForDelivery: unchanged,
    OrderDelivered: unchanged,
    OrderCancelled: () => undefined,
  },
});
