import { defineDeltas, defineTable, nothing, type EventOf } from '@orderline/projection';
import { utcDay } from '@orderline/read-models';

const table = defineTable({
  name: 'restaurant_revenue',
  key: ['restaurantId', 'day', 'currency'],
  columns: { restaurantId: 'text', day: 'date', currency: 'text', netMinor: 'bigint' },
});

const keyOf = ({ restaurantId, recordedAt, currency }: EventOf<'PaymentReceived' | 'PaymentRefunded'>) => ({
  restaurantId,
  day: utcDay(recordedAt),
  currency,
});

/** Payments less refunds, by the day that they were recorded. */
export const restaurantRevenue = defineDeltas({
  name: 'restaurant-revenue',
  version: 1,
  table,
  on: {
    OrderCreated: nothing,
    OrderItemAdded: nothing,
    OrderItemRemoved: nothing,
    OrderUpdated: nothing,
    PaymentReceived: (event) => [{ ...keyOf(event), netMinor: event.amountMinor }],
    PaymentRefunded: (event) => [{ ...keyOf(event), netMinor: -event.amountMinor }],
    OrderConfirmed: nothing,
    OrderPreparing: nothing,
    OrderReady: nothing,
    OrderOutForDelivery: nothing,
    OrderDelivered: nothing,
    OrderCancelled: nothing,
  },
});
