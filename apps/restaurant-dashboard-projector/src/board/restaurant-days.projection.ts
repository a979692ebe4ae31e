import { defineDeltas, defineTable, nothing, type Recorded } from '@orderline/projection';
import { utcDay } from '@orderline/read-models';

const table = defineTable({
  name: 'restaurant_day',
  key: ['restaurantId', 'day'],
  columns: { restaurantId: 'text', day: 'date', created: 'bigint', delivered: 'bigint', cancelled: 'bigint' },
});

const keyOf = ({ restaurantId, recordedAt }: Recorded) => ({ restaurantId, day: utcDay(recordedAt) });

/** How many orders were created, delivered and cancelled on each day. */
export const restaurantDays = defineDeltas({
  name: 'restaurant-days',
  version: 1,
  table,
  on: {
    OrderCreated: (event) => [{ ...keyOf(event), created: 1 }],
    OrderItemAdded: nothing,
    OrderItemRemoved: nothing,
    OrderUpdated: nothing,
    PaymentReceived: nothing,
    PaymentRefunded: nothing,
    OrderConfirmed: nothing,
    OrderPreparing: nothing,
    OrderReady: nothing,
    OrderOutForDelivery: nothing,
    OrderDelivered: (event) => [{ ...keyOf(event), delivered: 1 }],
    OrderCancelled: (event) => [{ ...keyOf(event), cancelled: 1 }],
  },
});
