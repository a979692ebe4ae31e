import { projectionSpecification } from '@orderline/testing';
import { describe, it } from 'vitest';
import { customerOrders } from './customer-orders.projection.ts';
import { orderLife } from './testing/order-life.testing.ts';

describe('customer orders', () => {
  const projected = projectionSpecification(customerOrders);
  const soup = { sku: 'soup', name: 'Soup', quantity: 3, unitPriceMinor: 500 };

  it('keeps one row per order with what it costs, what was paid, and its pieces', () => {
    const life = orderLife({ customerId: 'c-9', currency: 'EUR' });
    projected(
      life.next('OrderCreated', 1, { items: [soup], totalMinor: 1_500 }),
      life.next('OrderItemAdded', 2, { quantity: 2, totalMinor: 1_900 }),
      life.next('OrderItemRemoved', 3, { ...soup, totalMinor: 400 }),
      life.next('PaymentReceived', 4, { paidMinor: 400, refundedMinor: 0 }),
      life.next('PaymentRefunded', 5, { paidMinor: 400, refundedMinor: 100 }),
      life.next('OrderConfirmed', 6),
      life.next('OrderUpdated', 7),
    )
      .twice()
      .become([
        {
          ...{ orderId: life.orderId, version: 7, status: 'Confirmed', customerId: 'c-9', restaurantId: 'r-1' },
          ...{ currency: 'EUR', totalMinor: 400, paidMinor: 400, refundedMinor: 100, itemCount: 2 },
          ...{ createdAt: 1, updatedAt: 7 },
        },
      ]);
  });

  it.each([
    ['OrderConfirmed', 'Confirmed'],
    ['OrderPreparing', 'Preparing'],
    ['OrderReady', 'Ready'],
    ['OrderOutForDelivery', 'OutForDelivery'],
    ['OrderDelivered', 'Delivered'],
    ['OrderCancelled', 'Cancelled'],
  ] as const)('is after %s in status %s', (type, status) => {
    const life = orderLife();
    projected(life.next('OrderCreated', 1), life.next(type, 2)).become([
      {
        ...{ orderId: life.orderId, version: 2, status, customerId: 'c-1', restaurantId: 'r-1', currency: 'USD' },
        ...{ totalMinor: 200, paidMinor: 0, refundedMinor: 0, itemCount: 1, createdAt: 1, updatedAt: 2 },
      },
    ]);
  });
});
