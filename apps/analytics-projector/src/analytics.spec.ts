import { orderLife } from '@orderline/projector-host/testing';
import { projectionSpecification } from '@orderline/testing';
import { describe, expect, it } from 'vitest';
import { dayRangeOf } from './day-range.ts';
import { funnel } from './funnel/funnel.projection.ts';
import { revenue } from './revenue/revenue.projection.ts';
import { statusFlow } from './status-counts/status-flow.projection.ts';
import { statusIntervals } from './status-counts/status-intervals.projection.ts';

const at = (time: string): number => Date.parse(`2026-01-15T${time}Z`);

describe('revenue', () => {
  it('keeps payments and refunds apart, by day and currency', () => {
    const life = orderLife({ currency: 'EUR' });
    projectionSpecification(revenue)(
      life.next('OrderCreated', at('12:00:00.000')),
      life.next('PaymentReceived', at('12:00:01.000'), { amountMinor: 700 }),
      life.next('PaymentReceived', at('12:00:02.000'), { amountMinor: 300 }),
      life.next('PaymentRefunded', at('23:59:59.999') + 1, { amountMinor: 1_000 }),
    )
      .twice()
      .become([
        { day: '2026-01-15', currency: 'EUR', receivedMinor: 1_000, refundedMinor: 0 },
        { day: '2026-01-16', currency: 'EUR', receivedMinor: 0, refundedMinor: 1_000 },
      ]);
  });
});

describe('funnel', () => {
  it('counts every status under the day that the order was created', () => {
    const [life, other] = [orderLife(), orderLife()];
    const nextDay = at('23:59:59.999') + 1;
    projectionSpecification(funnel)(
      life.next('OrderCreated', at('23:00:00.000')),
      life.next('OrderUpdated', nextDay),
      life.next('OrderConfirmed', nextDay + 1),
      life.next('OrderCancelled', nextDay + 2),
      other.next('OrderCreated', at('01:00:00.000')),
    )
      .twice()
      .become([
        {
          day: '2026-01-15',
          ...{ created: 2, confirmed: 1, preparing: 0, ready: 0, outForDelivery: 0, delivered: 0, cancelled: 1 },
        },
      ]);
  });
});

describe('status flow', () => {
  it('takes an order out of the status it had, in the minute and on the day that it left', () => {
    const life = orderLife();
    projectionSpecification(statusFlow)(
      life.next('OrderCreated', at('23:59:10.000')),
      life.next('PaymentReceived', at('23:59:20.000')),
      life.next('OrderConfirmed', at('23:59:59.999')),
      life.next('OrderCancelled', at('23:59:59.999') + 1),
    )
      .twice()
      .become([
        { grain: 'day', startsAt: at('00:00:00.000'), status: 'Created', net: 0 },
        { grain: 'minute', startsAt: at('23:59:00.000'), status: 'Created', net: 0 },
        { grain: 'day', startsAt: at('00:00:00.000'), status: 'Confirmed', net: 1 },
        { grain: 'minute', startsAt: at('23:59:00.000'), status: 'Confirmed', net: 1 },
        { grain: 'day', startsAt: at('23:59:59.999') + 1, status: 'Confirmed', net: -1 },
        { grain: 'minute', startsAt: at('23:59:59.999') + 1, status: 'Confirmed', net: -1 },
        { grain: 'day', startsAt: at('23:59:59.999') + 1, status: 'Cancelled', net: 1 },
        { grain: 'minute', startsAt: at('23:59:59.999') + 1, status: 'Cancelled', net: 1 },
      ]);
  });
});

describe('status intervals', () => {
  const projected = projectionSpecification(statusIntervals);

  it('ends one status where the next begins', () => {
    const life = orderLife();
    const { orderId } = life;
    const types = [
      'OrderCreated',
      'OrderConfirmed',
      'OrderPreparing',
      'OrderReady',
      'OrderOutForDelivery',
      'OrderDelivered',
    ] as const;
    const statuses = ['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered'];
    projected(...types.map((type, step) => life.next(type, step + 1)))
      .twice()
      .become(
        statuses.map((status, step) => ({ orderId, status, since: step + 1, until: step === 5 ? null : step + 2 })),
      );
  });

  it.each([
    [[], 'Created'],
    [['OrderConfirmed'], 'Confirmed'],
    [['OrderConfirmed', 'OrderPreparing'], 'Preparing'],
  ] as const)('ends by a cancellation after %j the status %s alone', (steps, status) => {
    const life = orderLife();
    const { orderId } = life;
    const events = ['OrderCreated' as const, ...steps].map((type, step) => life.next(type, step + 1));
    const names = ['Created', 'Confirmed', 'Preparing'].slice(0, events.length);
    projected(...events, life.next('OrderCancelled', 9)).become([
      ...names.map((name, step) => ({ orderId, status: name, since: step + 1, until: name === status ? 9 : step + 2 })),
      { orderId, status: 'Cancelled', since: 9, until: null },
    ]);
  });
});

describe('range of days', () => {
  const now = at('12:00:00.000');

  it.each([
    [{}, { from: '2025-12-17', to: '2026-01-16' }],
    [{ from: '2026-01-01' }, { from: '2026-01-01', to: '2026-01-16' }],
    [{ to: '2025-03-01' }, { from: '2025-01-30', to: '2025-03-01' }],
    [{ from: '2027-01-01' }, { from: '2027-01-01', to: '2027-01-01' }],
    [{ to: '0001-01-05' }, { from: '0001-01-01', to: '0001-01-05' }],
  ])('of %j is %j', (given, expected) => {
    expect(dayRangeOf(given, now)).toEqual(expected);
  });
});
