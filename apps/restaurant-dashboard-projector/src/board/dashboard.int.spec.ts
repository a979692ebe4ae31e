import {
  handFedTopic,
  openProjectorApp,
  orderLife,
  type HandFedTopic,
  type Instance,
  type OpenApp,
} from '@orderline/projector-host/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { restaurantDashboardApp } from '../app.ts';
import { openOrders } from './open-orders.projection.ts';
import { preparations } from './preparations.projection.ts';
import { restaurantDays } from './restaurant-days.projection.ts';
import { restaurantRevenue } from './restaurant-revenue.projection.ts';

const projections = [openOrders, restaurantDays, restaurantRevenue, preparations];

describe('dashboard over HTTP', () => {
  let app: OpenApp;
  let topic: HandFedTopic;
  let instance: Instance;
  const restaurantId = 'r-7';
  const [first, second, third] = [
    orderLife({ restaurantId }),
    orderLife({ restaurantId }),
    orderLife({ restaurantId, currency: 'JPY' }),
  ];

  beforeAll(async () => {
    app = await openProjectorApp(restaurantDashboardApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'restaurant_dashboard',
      migrations: new URL('../../migrations', import.meta.url),
    });
    topic = handFedTopic();
    instance = await topic.instance(app.databaseUrl, projections);
    topic.put(
      first.next('OrderCreated', '2026-01-14T23:50:00.000Z'),
      first.next('PaymentReceived', '2026-01-14T23:50:01.000Z', { amountMinor: 2_000 }),
      first.next('OrderConfirmed', '2026-01-14T23:51:00.000Z'),
      first.next('OrderPreparing', '2026-01-14T23:55:00.000Z'),
      first.next('OrderReady', '2026-01-15T00:05:00.499Z'),
      first.next('PaymentRefunded', '2026-01-15T00:06:00.000Z', { amountMinor: 500 }),
      second.next('OrderCreated', '2026-01-15T10:00:00.000Z'),
      second.next('OrderConfirmed', '2026-01-15T10:01:00.000Z'),
      second.next('OrderPreparing', '2026-01-15T10:02:00.000Z'),
      second.next('OrderReady', '2026-01-15T10:02:01.500Z'),
      second.next('OrderOutForDelivery', '2026-01-15T10:30:00.000Z'),
      second.next('OrderDelivered', '2026-01-15T11:00:00.000Z'),
      second.next('PaymentReceived', '2026-01-15T11:00:01.000Z', { amountMinor: 1_999 }),
      third.next('OrderCreated', '2026-01-15T09:00:00.000Z'),
      third.next('PaymentReceived', '2026-01-15T09:00:01.000Z', { amountMinor: 800 }),
      third.next('OrderConfirmed', '2026-01-15T09:01:00.000Z'),
      third.next('OrderPreparing', '2026-01-15T09:02:00.000Z'),
      third.next('PaymentRefunded', '2026-01-15T09:03:00.000Z', { amountMinor: 800 }),
      third.next('OrderCancelled', '2026-01-15T09:03:01.000Z'),
    );
    await instance.drain();
  });
  afterAll(async () => {
    await instance.stop();
    await app.close();
  });

  const open = { Created: 0, Confirmed: 0, Preparing: 0, Ready: 0, OutForDelivery: 0 };
  const bodyOf = async (path: string): Promise<unknown> => (await app.get(path)).body;

  it('shows what is open now and what the day brought', async () => {
    expect(await bodyOf('/restaurants/r-7/dashboard?date=2026-01-15')).toEqual({
      restaurantId,
      date: '2026-01-15',
      open: { ...open, Ready: 1 },
      openOrders: [
        {
          orderId: first.orderId,
          version: 6,
          status: 'Ready',
          since: '2026-01-15T00:05:00.499Z',
          estimatedReadyAt: '2026-01-15T15:00:00.000Z',
        },
      ],
      today: {
        created: 2,
        delivered: 1,
        cancelled: 1,
        revenue: [
          { currency: 'JPY', amount: '0' },
          { currency: 'USD', amount: '14.99' },
        ],
      },
      preparation: { count: 2, averageSeconds: 301, maxSeconds: 600 },
    });
  });

  it('counts on a day what was recorded on it', async () => {
    expect(await bodyOf('/restaurants/r-7/dashboard?date=2026-01-14')).toMatchObject({
      open: { ...open, Ready: 1 },
      today: { created: 1, delivered: 0, cancelled: 0, revenue: [{ currency: 'USD', amount: '20.00' }] },
      preparation: { count: 0, averageSeconds: 0, maxSeconds: 0 },
    });
  });

  it('is all zeros, today, for a restaurant that nobody knows', async () => {
    expect(await bodyOf('/restaurants/nobody/dashboard')).toEqual({
      restaurantId: 'nobody',
      date: new Date().toISOString().slice(0, 10),
      open,
      openOrders: [],
      today: { created: 0, delivered: 0, cancelled: 0, revenue: [] },
      preparation: { count: 0, averageSeconds: 0, maxSeconds: 0 },
    });
  });

  it('lists the 200 oldest open orders and counts them all', async () => {
    const lives = Array.from({ length: 203 }, () => orderLife({ restaurantId: 'r-busy' }));
    const createdAt = (at: number): number => Date.parse('2026-01-15T12:00:00Z') - at;
    topic.put(...lives.map((life, at) => life.next('OrderCreated', createdAt(at))));
    await instance.drain();
    const board = (await bodyOf('/restaurants/r-busy/dashboard')) as {
      open: object;
      openOrders: { orderId: string }[];
    };
    expect(board.open).toEqual({ ...open, Created: 203 });
    expect(board.openOrders.map(({ orderId }) => orderId)).toEqual(
      lives
        .map(({ orderId }) => orderId)
        .reverse()
        .slice(0, 200),
    );
  });

  it.each([
    ['/restaurants/r-7/dashboard?date=today', '/date'],
    ['/restaurants/r-7/dashboard?date=2026-02-30', '/date'],
    ['/restaurants/r-7/dashboard?day=2026-01-15', '/day'],
    ['/restaurants/r%207/dashboard', '/restaurantId'],
    ['/restaurants/r%207/stream', '/restaurantId'],
    ['/restaurants/r-7/stream?date=2026-01-15', '/date'],
  ])('refuses %s', async (path, fault) => {
    const { status, body } = await app.get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ path: fault }] });
  });

  it('reflects a version that the reader knows of', async () => {
    const headers = { 'X-Order-Id': first.orderId, 'X-Event-Version': '7' };
    const waiting = app.get('/restaurants/r-7/dashboard', headers);
    topic.put(first.next('OrderOutForDelivery', '2026-01-16T08:00:00.000Z'));
    await instance.drain();
    expect((await waiting).body).toMatchObject({ openOrders: [{ orderId: first.orderId, version: 7 }] });
  });

  it('adds up right where instances add to the same rows at once, and none gets in the way of another', async () => {
    const instances = await Promise.all(
      [0, 1, 2, 3].map((partition) => topic.instance(app.databaseUrl, projections, [partition])),
    );
    const lives = Array.from({ length: 400 }, (_, at) => orderLife({ restaurantId: `r-shared-${at % 3}` }));
    const recordedAt = '2026-01-20T12:00:00Z';
    topic.put(
      ...lives.flatMap((life) => [
        life.next('OrderCreated', recordedAt),
        life.next('PaymentReceived', recordedAt, { amountMinor: 7 }),
        life.next('OrderCancelled', recordedAt),
      ]),
    );
    await Promise.all(instances.map((each) => each.drain(20)));
    await Promise.all(instances.map((each) => each.stop()));
    const boards = await Promise.all(
      [0, 1, 2].map((at) => bodyOf(`/restaurants/r-shared-${at}/dashboard?date=2026-01-20`)),
    );
    expect(boards).toMatchObject(
      [134, 133, 133].map((orders) => ({
        open,
        today: { created: orders, cancelled: orders, revenue: [{ amount: (orders * 0.07).toFixed(2) }] },
      })),
    );
  });

  it('describes its routes', async () => {
    const { paths } = (await bodyOf('/openapi.json')) as { paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/restaurants/{restaurantId}/dashboard', '/restaurants/{restaurantId}/stream']),
    );
  });
});
