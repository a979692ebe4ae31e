import { randomUUID } from 'node:crypto';
import { eventually } from '@orderline/testing';
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
import { openOrders } from '../board/open-orders.projection.ts';
import { preparations } from '../board/preparations.projection.ts';
import { restaurantDays } from '../board/restaurant-days.projection.ts';
import { restaurantRevenue } from '../board/restaurant-revenue.projection.ts';
import { openStream } from '../testing/open-stream.testing.ts';

const projections = [openOrders, restaurantDays, restaurantRevenue, preparations];

describe('stream of a restaurant', () => {
  let app: OpenApp;
  let topic: HandFedTopic;
  let instance: Instance;

  beforeAll(async () => {
    app = await openProjectorApp(restaurantDashboardApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'restaurant_dashboard',
      migrations: new URL('../../migrations', import.meta.url),
    });
    topic = handFedTopic();
    instance = await topic.instance(app.databaseUrl, projections);
  });
  afterAll(async () => {
    await instance.stop();
    await app.close();
  });

  it('tells the present state at once, as an event with an id', async () => {
    const stream = await openStream(app.url, 'r-still');
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(stream.headers.get('cache-control')).toBe('no-store');
    const { id, event, board } = await stream.shows(() => true);
    expect(event).toBe('dashboard');
    expect(id).toBeGreaterThan(0);
    expect(board).toEqual((await app.get('/restaurants/r-still/dashboard')).body);
    stream.close();
  });

  it('tells a change within 250 ms on every instance, with growing ids', { retry: 2 }, async () => {
    const other = await app.another();
    const restaurantId = randomUUID();
    const life = orderLife({ restaurantId });
    const streams = await Promise.all([app.url, app.url, other.url].map((url) => openStream(url, restaurantId)));
    await Promise.all(streams.map((stream) => stream.shows(() => true)));
    const types = ['OrderCreated', 'OrderConfirmed', 'OrderPreparing', 'OrderReady', 'OrderOutForDelivery'] as const;
    for (const [at, type] of types.entries()) {
      topic.put(life.next(type, Date.now()));
      await instance.drain();
      const committed = performance.now();
      for (const stream of streams) {
        const frame = await stream.shows(({ openOrders: [order] }) => order?.version === at + 1);
        expect(frame.at - committed).toBeLessThan(250);
      }
    }
    topic.put(life.next('OrderDelivered', Date.now()));
    await instance.drain();
    for (const stream of streams) {
      await stream.shows(({ today, openOrders: { length } }) => today.delivered === 1 && length === 0);
      const ids = stream.frames.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      stream.close();
    }
    await other.stop();
  });

  it('tells a payment that comes after delivery', async () => {
    const life = orderLife({ restaurantId: 'r-cash' });
    topic.put(life.next('OrderCreated', Date.now()), life.next('OrderCancelled', Date.now()));
    await instance.drain();
    const stream = await openStream(app.url, 'r-cash');
    await stream.shows(({ today }) => today.cancelled === 1);
    topic.put(life.next('PaymentReceived', Date.now(), { amountMinor: 300 }));
    await instance.drain();
    await stream.shows(({ today }) => today.revenue[0]?.amount === '3.00');
    stream.close();
  });

  it('tells a burst of changes in a few events, the last state among them, and nobody else', async () => {
    const [burst, quiet] = await Promise.all([openStream(app.url, 'r-burst'), openStream(app.url, 'r-quiet')]);
    await Promise.all([burst, quiet].map((stream) => stream.shows(() => true)));
    const began = performance.now();
    for (let at = 1; at <= 60; at += 1) {
      topic.put(orderLife({ restaurantId: 'r-burst' }).next('OrderCreated', Date.now()));
      await instance.drain();
    }
    const { at } = await burst.shows(({ open }) => open.Created === 60);
    expect(burst.frames.length).toBeLessThanOrEqual(2 + Math.ceil((at - began) / 100));
    expect(quiet.frames.length).toBe(1);
    burst.close();
    quiet.close();
  });

  it('goes on after its listening connection was lost, with what changed meanwhile', async () => {
    const stream = await openStream(app.url, 'r-lost');
    await stream.shows(() => true);
    await app.admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
    );
    topic.put(orderLife({ restaurantId: 'r-lost' }).next('OrderCreated', Date.now()));
    await instance.drain();
    await stream.shows(({ open }) => open.Created === 1);
    topic.put(orderLife({ restaurantId: 'r-lost' }).next('OrderCreated', Date.now()));
    await instance.drain();
    await stream.shows(({ open }) => open.Created === 2);
    stream.close();
  });

  it('says nothing of a generation that is being filled', async () => {
    const client = await app.admin.connect();
    const heard: (string | undefined)[] = [];
    client.on('notification', ({ payload }) => heard.push(payload));
    await client.query('LISTEN dashboard');
    await client.query(`SELECT begin_generation('restaurant-days', 2, 'restaurant_day', 'filling', 'other-')`);
    await client.query(
      `INSERT INTO restaurant_day SELECT generation, 'r-filled', '2026-01-15', 1, 1, 1 FROM projection_generation
         WHERE projection = 'restaurant-days' ORDER BY state = 'serving'`,
    );
    await eventually(() => expect(heard).toEqual(['r-filled']));
    await client.query(
      `UPDATE restaurant_day SET created = 2 WHERE generation <> serving_generation('restaurant-days')`,
    );
    await client.query(`NOTIFY dashboard, 'the last'`);
    await eventually(() => expect(heard).toEqual(['r-filled', 'the last']));
    client.release(true);
  });

  it('ends when its instance stops', async () => {
    const other = await app.another();
    const stream = await openStream(other.url, 'r-still');
    await stream.shows(() => true);
    const stopping = performance.now();
    await other.stop();
    await stream.ended;
    expect(performance.now() - stopping).toBeLessThan(2_000);
  });

  it('forgets a client that has gone', async () => {
    const stream = await openStream(app.url, 'r-gone');
    await stream.shows(() => true);
    const before = await openConnections();
    stream.close();
    await eventually(async () => expect(await openConnections()).toBeLessThan(before));
  });

  const openConnections = async (): Promise<number> => {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    const [, count] = /^orderline_dashboard_streams\S* (\d+)$/mu.exec(text) ?? [];
    return Number(count);
  };
});
