import {
  handFedTopic,
  openProjectorApp,
  orderLife,
  type HandFedTopic,
  type Instance,
  type OpenApp,
} from '@orderline/projector-host/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { analyticsApp } from './app.ts';
import { funnel } from './funnel/funnel.projection.ts';
import { revenue } from './revenue/revenue.projection.ts';
import { statusFlow } from './status-counts/status-flow.projection.ts';
import { statusIntervals } from './status-counts/status-intervals.projection.ts';

const projections = [revenue, funnel, statusFlow, statusIntervals];

describe('analytics over HTTP', () => {
  let app: OpenApp;
  let topic: HandFedTopic;
  let instance: Instance;
  const [euros, yen, cancelled] = [orderLife({ currency: 'EUR' }), orderLife({ currency: 'JPY' }), orderLife()];

  beforeAll(async () => {
    app = await openProjectorApp(analyticsApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'analytics',
      migrations: new URL('../migrations', import.meta.url),
    });
    topic = handFedTopic();
    instance = await topic.instance(app.databaseUrl, projections);
    topic.put(
      euros.next('OrderCreated', '2026-01-14T23:59:59.999Z'),
      euros.next('PaymentReceived', '2026-01-14T23:59:59.999Z', { amountMinor: 1_250 }),
      euros.next('OrderConfirmed', '2026-01-15T00:00:00.000Z'),
      euros.next('OrderPreparing', '2026-01-15T00:00:30.500Z'),
      euros.next('PaymentRefunded', '2026-01-15T00:00:30.501Z', { amountMinor: 2_000 }),
      yen.next('OrderCreated', '2026-01-15T00:00:30.500Z'),
      yen.next('PaymentReceived', '2026-01-15T12:00:00.000Z', { amountMinor: 1_250 }),
      yen.next('OrderConfirmed', '2026-01-15T12:00:00.000Z'),
      cancelled.next('OrderCreated', '2026-01-15T13:00:00.000Z'),
      cancelled.next('OrderCancelled', '2026-01-15T13:00:00.001Z'),
    );
    await instance.drain();
  });
  afterAll(async () => {
    await instance.stop();
    await app.close();
  });

  const bodyOf = async (path: string): Promise<unknown> => (await app.get(path)).body;
  const none = { Created: 0, Confirmed: 0, Preparing: 0, Ready: 0, OutForDelivery: 0, Delivered: 0, Cancelled: 0 };

  it('sums payments and refunds by the UTC day that recorded them and by currency', async () => {
    expect(await bodyOf('/revenue?from=2026-01-14&to=2026-01-16')).toEqual({
      days: [
        { date: '2026-01-14', currency: 'EUR', received: '12.50', refunded: '0.00', net: '12.50' },
        { date: '2026-01-15', currency: 'EUR', received: '0.00', refunded: '20.00', net: '-20.00' },
        { date: '2026-01-15', currency: 'JPY', received: '1250', refunded: '0', net: '1250' },
      ],
    });
  });

  it('takes from as the first day and leaves to out', async () => {
    expect(await bodyOf('/revenue?from=2026-01-14&to=2026-01-15')).toMatchObject({ days: [{ date: '2026-01-14' }] });
    expect(await bodyOf('/revenue?from=2026-01-15&to=2026-01-15')).toEqual({ days: [] });
    expect(await bodyOf('/revenue?to=0001-01-02')).toEqual({ days: [] });
    expect(await bodyOf('/revenue?from=9999-12-31')).toEqual({ days: [] });
  });

  it('counts in the funnel orders by their day of creation, whenever they got further', async () => {
    const sums = { ready: 0, outForDelivery: 0, delivered: 0 };
    expect(await bodyOf('/funnel?from=2026-01-14&to=2026-01-15')).toEqual({
      ...sums,
      ...{ created: 1, confirmed: 1, preparing: 1, cancelled: 0 },
    });
    expect(await bodyOf('/funnel?from=2026-01-14&to=2026-01-16')).toEqual({
      ...sums,
      ...{ created: 3, confirmed: 2, preparing: 1, cancelled: 1 },
    });
    expect(await bodyOf('/funnel?from=2025-01-14&to=2025-01-16')).toEqual({
      ...sums,
      ...{ created: 0, confirmed: 0, preparing: 0, cancelled: 0 },
    });
  });

  it.each([
    ['2026-01-14T23:59:59.998Z', {}],
    ['2026-01-14T23:59:59.999Z', { Created: 1 }],
    ['2026-01-15T00:00:00.000Z', { Confirmed: 1 }],
    ['2026-01-15T00:00:30.499Z', { Confirmed: 1 }],
    ['2026-01-15T01:00:30.500%2B01:00', { Created: 1, Preparing: 1 }],
    ['2026-01-15T01:00:30.500+01:00', { Created: 1, Preparing: 1 }],
    ['2026-01-15T00:00:30.500999Z', { Created: 1, Preparing: 1 }],
    ['2026-01-15T13:00:00.000Z', { Created: 1, Confirmed: 1, Preparing: 1 }],
    ['2026-01-15T13:00:00.001Z', { Confirmed: 1, Preparing: 1, Cancelled: 1 }],
    ['2026-02-01T00:00:00.000Z', { Confirmed: 1, Preparing: 1, Cancelled: 1 }],
    ['0001-01-01T00:00:00+23:59', {}],
  ])('counts the population at %s', async (at, counts) => {
    expect((await app.get(`/status-counts?at=${at}`)).body).toMatchObject({ counts: { ...none, ...counts } });
  });

  it('says which instant it counted at, in UTC, and means now when none is asked', async () => {
    expect(await bodyOf('/status-counts?at=2026-01-15T13:00:00%2B01:00')).toMatchObject({
      at: '2026-01-15T12:00:00.000Z',
    });
    const before = Date.now();
    const { at, counts } = (await bodyOf('/status-counts')) as { at: string; counts: object };
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
    expect(counts).toEqual({ ...none, Confirmed: 1, Preparing: 1, Cancelled: 1 });
  });

  it('names the orders that had a status at an instant', async () => {
    expect(await bodyOf('/status-counts?at=2026-01-15T00:00:15Z&status=Confirmed')).toEqual({
      items: [{ orderId: euros.orderId, since: '2026-01-15T00:00:00.000Z' }],
      next: null,
    });
    expect(await bodyOf('/status-counts?status=Created')).toEqual({ items: [], next: null });
  });

  it.each([
    ['/revenue?colour=red', '/colour'],
    ['/revenue?from=2026-1-1', '/from'],
    ['/revenue?from=2026-02-30', '/from'],
    ['/revenue?from=0000-01-01', '/from'],
    ['/revenue?from=2026-02-02&to=2026-02-01', '/to'],
    ['/funnel?to=tomorrow', '/to'],
    ['/status-counts?at=2026-01-15', '/at'],
    ['/status-counts?at=2026-01-15T12:00:00', '/at'],
    ['/status-counts?at=2999-01-01T00:00:00Z', '/at'],
    ['/status-counts?status=created', '/status'],
    ['/status-counts?limit=5', '/status'],
    ['/status-counts?status=Created&limit=201', '/limit'],
    ['/status-counts?status=Created&after=x', '/after'],
  ])('refuses %s', async (path, fault) => {
    const { status, body } = await app.get(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_request', errors: [{ path: fault }] });
  });

  it('reflects a version that the reader knows of, once all four projections have it', async () => {
    const headers = { 'X-Order-Id': yen.orderId, 'X-Event-Version': '4' };
    const waiting = app.get('/status-counts', headers);
    topic.put(yen.next('OrderPreparing', '2026-01-16T08:00:00.000Z'));
    await instance.drain();
    expect((await waiting).body).toMatchObject({ counts: { Preparing: 2 } });
    const late = await app.get('/funnel', { ...headers, 'X-Event-Version': '5', Prefer: 'wait=0' });
    expect([late.status, late.body]).toEqual([
      202,
      { code: 'not_yet_visible', orderId: yen.orderId, requiredVersion: 5, currentVersion: 4 },
    ]);
  });

  it('counts nothing twice when everything is delivered again', async () => {
    const before = await bodyOf('/status-counts?at=2026-01-17T00:00:00Z');
    const again = await handFedAgain();
    expect(await bodyOf('/status-counts?at=2026-01-17T00:00:00Z')).toEqual(before);
    await again.stop();
  });

  const handFedAgain = async (): Promise<Instance> => {
    topic.put(...topic.all());
    const again = await topic.instance(app.databaseUrl, projections);
    await again.drain(3);
    return again;
  };

  it('describes its routes', async () => {
    const { paths } = (await bodyOf('/openapi.json')) as { paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/revenue', '/funnel', '/status-counts', '/projections']),
    );
  });
});
