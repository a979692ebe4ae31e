import type { ContractEvent, EventOf, EventType } from '@orderline/contracts';
import { personal } from '@orderline/contracts';
import { projectionSpecification } from '@orderline/testing';
import { describe, expectTypeOf, it } from 'vitest';
import { orderSummaries, type OrderSummaryRow } from './order-summaries.ts';

const orderId = '019c1c2e-0000-7000-8000-000000000001';
const soup = { sku: 'soup', name: 'Soup', quantity: 2, unitPriceMinor: 450 };
const tea = { sku: 'tea', name: 'Tea', quantity: 3, unitPriceMinor: 200 };

/** An event of the one order, recorded a second after the one before it. */
const event = <T extends EventType>(version: number, type: T, fields: object = {}): EventOf<T> =>
  ({
    type,
    version,
    orderId,
    eventId: `019c1c2e-0000-7000-8000-00000000010${version}`,
    occurredAt: version * 1_000,
    customerId: 'c-1',
    restaurantId: 'r-1',
    ...fields,
  }) as unknown as EventOf<T>;

const created = event(1, 'OrderCreated', { items: [soup, tea], totalMinor: 1_500, currency: 'EUR' });
const row: OrderSummaryRow = {
  orderId,
  version: 1,
  status: 'Created',
  customerId: 'c-1',
  restaurantId: 'r-1',
  currency: 'EUR',
  totalMinor: 1_500,
  paidMinor: 0,
  refundedMinor: 0,
  itemCount: 5,
  createdAt: 1_000,
  updatedAt: 1_000,
};
const projected = projectionSpecification(orderSummaries({ name: 'order-summary', table: 'order_summary' }));
const after = (...events: ContractEvent[]) => projected(created, ...events);

describe('order summaries', () => {
  it('counts pieces, not lines', () => after().become([row]));

  it('follows the items and their total', () =>
    after(
      event(2, 'OrderItemAdded', { ...tea, quantity: 1, totalMinor: 1_700 }),
      event(3, 'OrderItemRemoved', { ...soup, totalMinor: 800 }),
    ).become([{ ...row, version: 3, totalMinor: 800, itemCount: 4, updatedAt: 3_000 }]));

  it('shows what was paid and refunded in all', () =>
    after(
      event(2, 'PaymentReceived', { paidMinor: 1_500, refundedMinor: 0 }),
      event(3, 'PaymentRefunded', { paidMinor: 1_500, refundedMinor: 500 }),
    ).become([{ ...row, version: 3, paidMinor: 1_500, refundedMinor: 500, updatedAt: 3_000 }]));

  it('takes a version from an event that changes nothing it shows', () =>
    after(event(2, 'OrderUpdated', { deliveryAddress: personal('Elm Street 1'), notes: null })).become([
      { ...row, version: 2, updatedAt: 2_000 },
    ]));

  it.each([
    ['OrderConfirmed', 'Confirmed'],
    ['OrderPreparing', 'Preparing'],
    ['OrderReady', 'Ready'],
    ['OrderOutForDelivery', 'OutForDelivery'],
    ['OrderDelivered', 'Delivered'],
    ['OrderCancelled', 'Cancelled'],
  ] as const)('is after %s in status %s', (type, status) =>
    after(event(2, type)).become([{ ...row, version: 2, status, updatedAt: 2_000 }]),
  );

  it('ends in the same row when every event is delivered twice', () =>
    after(event(2, 'OrderConfirmed'), event(3, 'OrderReady'))
      .twice()
      .become([{ ...row, version: 3, status: 'Ready', updatedAt: 3_000 }]));

  it('has the row type that its table declares', () => {
    expectTypeOf<OrderSummaryRow>().toHaveProperty('totalMinor').toEqualTypeOf<number>();
  });
});
