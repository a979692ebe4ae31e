import { defineDeltas, defineTable, nothing } from '@orderline/projection';
import { utcDay } from '@orderline/read-models';

const table = defineTable({
  name: 'funnel',
  key: ['day'],
  columns: {
    day: 'date',
    created: 'bigint',
    confirmed: 'bigint',
    preparing: 'bigint',
    ready: 'bigint',
    outForDelivery: 'bigint',
    delivered: 'bigint',
    cancelled: 'bigint',
  },
});

/** Of the orders created on a day, how many ever got to each status. */
export const funnel = defineDeltas({
  name: 'funnel',
  version: 1,
  table,
  remember: (createdOn: string | undefined, { recordedAt }) => createdOn ?? utcDay(recordedAt),
  on: {
    OrderCreated: ({ recordedAt }) => [{ day: utcDay(recordedAt), created: 1 }],
    OrderItemAdded: nothing,
    OrderItemRemoved: nothing,
    OrderUpdated: nothing,
    PaymentReceived: nothing,
    PaymentRefunded: nothing,
    OrderConfirmed: (_, day) => [{ day, confirmed: 1 }],
    OrderPreparing: (_, day) => [{ day, preparing: 1 }],
    OrderReady: (_, day) => [{ day, ready: 1 }],
    OrderOutForDelivery: (_, day) => [{ day, outForDelivery: 1 }],
    OrderDelivered: (_, day) => [{ day, delivered: 1 }],
    OrderCancelled: (_, day) => [{ day, cancelled: 1 }],
  },
});
