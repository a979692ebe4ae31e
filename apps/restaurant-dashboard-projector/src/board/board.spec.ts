import { orderLife } from '@orderline/projector-host/testing';
import { projectionSpecification } from '@orderline/testing';
import { describe, it } from 'vitest';
import { openOrders } from './open-orders.projection.ts';
import { preparations } from './preparations.projection.ts';
import { restaurantDays } from './restaurant-days.projection.ts';
import { restaurantRevenue } from './restaurant-revenue.projection.ts';

const at = (time: string): number => Date.parse(`2026-01-15T${time}Z`);
const restaurantId = 'r-1';

describe('open orders', () => {
  const projected = projectionSpecification(openOrders);
  const life = orderLife();
  const { orderId } = life;
  const created = life.next('OrderCreated', at('12:00:00.000'));
  const row = {
    ...{ orderId, restaurantId, version: 1, status: 'Created' },
    ...{ since: at('12:00:00.000'), estimatedReadyAt: null, createdAt: at('12:00:00.000') },
  };
  const updated = life.next('OrderUpdated', at('12:00:01.000'));
  const confirmed = life.next('OrderConfirmed', at('12:00:02.000'));
  const estimatedReadyAt = at('12:30:00.000');
  const preparing = life.next('OrderPreparing', at('12:00:03.000'), { estimatedReadyAt });

  it('holds an order since it was created', () => projected(created).become([row]));

  it('keeps the time of the status when something else changes', () =>
    projected(created, updated).become([{ ...row, version: 2 }]));

  it('tells since when the order has its status, and when it should be ready', () =>
    projected(created, updated, confirmed, preparing)
      .twice()
      .become([{ ...row, version: 4, status: 'Preparing', since: at('12:00:03.000'), estimatedReadyAt }]));

  it('lets an order go once it is cancelled, whatever is paid back later', () =>
    projected(
      ...[created, updated, confirmed, preparing],
      life.next('OrderCancelled', at('12:00:04.000')),
      life.next('PaymentRefunded', at('12:00:05.000')),
    ).become([]));
});

describe('restaurant days', () => {
  const projected = projectionSpecification(restaurantDays);
  const counts = { created: 0, delivered: 0, cancelled: 0 };

  it('counts each event on the day that recorded it', () => {
    const [one, two] = [orderLife(), orderLife()];
    projected(
      one.next('OrderCreated', at('23:59:59.999')),
      two.next('OrderCreated', at('23:59:59.999')),
      one.next('OrderCancelled', at('23:59:59.999') + 1),
    )
      .twice()
      .become([
        { restaurantId, day: '2026-01-15', ...counts, created: 2 },
        { restaurantId, day: '2026-01-16', ...counts, cancelled: 1 },
      ]);
  });
});

describe('restaurant revenue', () => {
  const projected = projectionSpecification(restaurantRevenue);

  it('takes refunds off payments of the same day and currency', () => {
    const life = orderLife({ currency: 'KWD' });
    projected(
      life.next('OrderCreated', at('12:00:00.000')),
      life.next('PaymentReceived', at('12:00:01.000'), { amountMinor: 1_000 }),
      life.next('PaymentRefunded', at('12:00:02.000'), { amountMinor: 1_500 }),
    )
      .twice()
      .become([{ restaurantId, day: '2026-01-15', currency: 'KWD', netMinor: -500 }]);
  });
});

describe('preparations', () => {
  const projected = projectionSpecification(preparations);

  it.each([
    ['12:10:00.499', 600],
    ['12:10:00.500', 601],
    ['12:00:00.001', 0],
  ])('measures from Preparing at noon to Ready at %s: %i s', (ready, seconds) => {
    const life = orderLife();
    projected(
      life.next('OrderCreated', at('11:00:00.000')),
      life.next('OrderConfirmed', at('11:30:00.000')),
      life.next('OrderPreparing', at('12:00:00.000')),
      life.next('OrderReady', at(ready)),
      life.next('OrderOutForDelivery', at('13:00:00.000')),
      life.next('OrderDelivered', at('13:10:00.000')),
    )
      .twice()
      .become([
        { orderId: life.orderId, restaurantId, preparingAt: at('12:00:00.000'), readyDay: '2026-01-15', seconds },
      ]);
  });

  it('forgets an order that was cancelled', () => {
    const life = orderLife();
    projected(
      life.next('OrderCreated', at('11:00:00.000')),
      life.next('OrderConfirmed', at('11:30:00.000')),
      life.next('OrderPreparing', at('12:00:00.000')),
      life.next('OrderCancelled', at('12:01:00.000')),
    ).become([]);
  });
});
