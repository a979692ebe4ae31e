import {
  handFedTopic,
  openProjectorApp,
  orderLife,
  type HandFedTopic,
  type Instance,
  type OpenApp,
} from '@orderline/projector-host/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { customerHistoryApp } from './app.ts';
import { customerOrders } from './customer-orders.projection.ts';

type Page = { readonly items: readonly { readonly orderId: string }[]; readonly next: string | null };

describe('orders of a customer over HTTP', () => {
  let app: OpenApp;
  let topic: HandFedTopic;
  let instance: Instance;

  beforeAll(async () => {
    app = await openProjectorApp(customerHistoryApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'customer_history',
      migrations: new URL('../migrations', import.meta.url),
    });
    topic = handFedTopic();
    instance = await topic.instance(app.databaseUrl, [customerOrders]);
  });
  afterAll(async () => {
    await instance.stop();
    await app.close();
  });

  const pageOf = async (path: string): Promise<Page> => (await app.get(path)).body as Page;

  const allOf = async (customerId: string, limit: number): Promise<string[]> => {
    const found: string[] = [];
    for (let after = ''; ;) {
      const { items, next } = await pageOf(`/customers/${customerId}/orders?limit=${limit}${after}`);
      found.push(...items.map(({ orderId }) => orderId));
      if (next === null) return found;
      after = `&after=${next}`;
    }
  };

  it('shows an order as it is now', async () => {
    const life = orderLife({ customerId: 'c-one', restaurantId: 'r-3', currency: 'KWD' });
    topic.put(
      life.next('OrderCreated', '2026-01-15T12:00:00.007Z', { totalMinor: 1_250 }),
      life.next('PaymentReceived', '2026-01-15T12:00:01Z', { paidMinor: 1_250, refundedMinor: 0 }),
      life.next('OrderConfirmed', '2026-01-15T12:00:02Z'),
    );
    await instance.drain();
    expect((await app.get('/customers/c-one/orders')).body).toEqual({
      items: [
        {
          orderId: life.orderId,
          version: 3,
          status: 'Confirmed',
          customerId: 'c-one',
          restaurantId: 'r-3',
          currency: 'KWD',
          total: '1.250',
          paid: '1.250',
          refunded: '0.000',
          itemCount: 1,
          createdAt: '2026-01-15T12:00:00.007Z',
          updatedAt: '2026-01-15T12:00:02.000Z',
        },
      ],
      next: null,
    });
  });

  it('pages newest first through orders of the same millisecond, each once', async () => {
    const lives = Array.from({ length: 30 }, () => orderLife({ customerId: 'c-many' }));
    const createdAt = (at: number): number => Date.parse('2026-01-15T12:00:00.250Z') + Math.floor(at / 4);
    topic.put(...lives.map((life, at) => life.next('OrderCreated', createdAt(at))));
    await instance.drain(7);
    const newestFirst = lives
      .map(({ orderId }, at) => ({ orderId, at: createdAt(at) }))
      .sort((a, b) => b.at - a.at || (a.orderId < b.orderId ? 1 : -1))
      .map(({ orderId }) => orderId);
    expect(await allOf('c-many', 7)).toEqual(newestFirst);
    expect(await allOf('c-many', 30)).toEqual(newestFirst);
    expect((await pageOf('/customers/c-many/orders?limit=30')).next).toBe(null);
  });

  it('has nothing for a customer that nobody knows', async () => {
    expect(await pageOf('/customers/nobody/orders')).toEqual({ items: [], next: null });
  });

  it('has every order of a customer that several instances write to at once', async () => {
    const instances = await Promise.all(
      [0, 1, 2, 3].map((partition) => topic.instance(app.databaseUrl, [customerOrders], [partition])),
    );
    const lives = Array.from({ length: 300 }, () => orderLife({ customerId: 'c-shared' }));
    topic.put(
      ...lives.flatMap((life) => [life.next('OrderCreated', Date.now()), life.next('OrderConfirmed', Date.now() + 1)]),
    );
    await Promise.all(instances.map((each) => each.drain(20)));
    await Promise.all(instances.map((each) => each.stop()));
    expect((await allOf('c-shared', 200)).sort()).toEqual(lives.map(({ orderId }) => orderId).sort());
  });

  it.each([
    ['/customers/c-1/orders?limit=0', '/limit'],
    ['/customers/c-1/orders?limit=201', '/limit'],
    ['/customers/c-1/orders?after=x', '/after'],
    ['/customers/c-1/orders?status=Ready', '/status'],
    ['/customers/c%201/orders', '/customerId'],
  ])('refuses %s', async (path, fault) => {
    const { status, body } = await app.get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ path: fault }] });
  });

  it('reflects a version that the reader knows of', async () => {
    const life = orderLife({ customerId: 'c-waits' });
    const headers = { 'X-Order-Id': life.orderId, 'X-Event-Version': '2' };
    const waiting = app.get('/customers/c-waits/orders', headers);
    topic.put(life.next('OrderCreated', Date.now()), life.next('OrderCancelled', Date.now()));
    await instance.drain();
    expect((await waiting).body).toMatchObject({ items: [{ orderId: life.orderId, version: 2, status: 'Cancelled' }] });
    const nobody = await app.get('/customers/c-waits/orders', { 'X-Event-Version': '2' });
    expect([nobody.status, nobody.body]).toMatchObject([400, { errors: [{ path: '/X-Order-Id' }] }]);
  });

  it('describes its routes', async () => {
    const { paths } = (await app.get('/openapi.json')).body as { paths: object };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/customers/{customerId}/orders', '/projections']));
  });
});
