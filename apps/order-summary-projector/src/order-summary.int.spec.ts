import { openProjectorApp, type OpenApp } from '@orderline/projector-host/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { orderSummaryApp } from './app.ts';

const orderIdOf = (number: number): string => `019c1c2e-0000-7000-8000-${String(number).padStart(12, '0')}`;

describe('order summary over HTTP, with no broker to be reached', () => {
  let app: OpenApp;

  beforeAll(async () => {
    app = await openProjectorApp(orderSummaryApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'order_summary',
      migrations: new URL('../migrations', import.meta.url),
    });
    await app.admin.query(
      `INSERT INTO order_summary SELECT serving_generation('order-summary'), ('019c1c2e-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
         3, CASE WHEN n % 2 = 0 THEN 'Ready' ELSE 'Created' END, 'c-' || n % 3, 'r-' || n % 5, 'EUR', 1250, 1000, 50, n,
         timestamptz '2026-01-15 14:00:00.250Z' + n / 2 * interval '1 second', timestamptz '2026-01-15 15:00Z'
       FROM generate_series(1, 30) n`,
    );
    await app.admin.query(
      `INSERT INTO projection_order (generation, order_id, version, parked)
       SELECT generation, order_id, 3, order_id = $1 FROM order_summary`,
      [orderIdOf(9)],
    );
  });
  afterAll(() => app.close());

  type Found = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };
  const get = async (path: string, headers?: Record<string, string>) => (await app.get(path, headers)) as Found;
  const post = async (path: string, body?: object) => (await app.post(path, body)) as Found;
  const idsOf = ({ body }: { body: Record<string, unknown> }): unknown[] =>
    (body.items as { orderId: string }[]).map(({ orderId }) => orderId);

  it('shows an order with the version it reflects', async () => {
    const { status, headers, body } = await get(`/orders/${orderIdOf(4)}`);
    expect(status).toBe(200);
    expect(headers.get('x-event-version')).toBe('3');
    expect(body).toEqual({
      orderId: orderIdOf(4),
      version: 3,
      status: 'Ready',
      customerId: 'c-1',
      restaurantId: 'r-4',
      currency: 'EUR',
      total: '12.50',
      paid: '10.00',
      refunded: '0.50',
      itemCount: 4,
      createdAt: '2026-01-15T14:00:02.250Z',
      updatedAt: '2026-01-15T15:00:00.000Z',
    });
  });

  it('pages newest first through orders of the same millisecond, each once', async () => {
    const seen: unknown[] = [];
    let after = '';
    for (;;) {
      const page = await get(`/orders?limit=7${after}`);
      seen.push(...idsOf(page));
      if (typeof page.body.next !== 'string') break;
      after = `&after=${page.body.next}`;
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, at) => orderIdOf(30 - at)));
  });

  it('filters by status, customer and restaurant together', async () => {
    expect(idsOf(await get('/orders?status=Ready&customerId=c-1&restaurantId=r-0'))).toEqual([orderIdOf(10)]);
    expect(idsOf(await get('/orders?customerId=nobody'))).toEqual([]);
  });

  it.each([
    '/orders/NOT-AN-ID',
    '/orders?limit=201',
    '/orders?limit=0',
    '/orders?status=ready',
    '/orders?after=x',
    '/orders?colour=red',
  ])('refuses %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(400);
    expect(body.code).toBe('invalid_request');
  });

  it('does not know an order that it has not seen', async () => {
    const { status, body } = await get(`/orders/${orderIdOf(99)}`);
    expect([status, body.code]).toEqual([404, 'order_not_found']);
  });

  it('answers a read of a version that is there at once', async () => {
    const { status } = await get(`/orders/${orderIdOf(4)}`, { 'X-Event-Version': '3' });
    expect(status).toBe(200);
  });

  it('says 202 with Retry-After when the version does not come in time', async () => {
    const { status, headers, body } = await get(`/orders/${orderIdOf(4)}`, {
      'X-Event-Version': '4',
      Prefer: 'wait=0',
    });
    expect([status, headers.get('retry-after')]).toEqual([202, '1']);
    expect(body).toEqual({ code: 'not_yet_visible', orderId: orderIdOf(4), requiredVersion: 4, currentVersion: 3 });
  });

  it('reads the seconds to wait as RFC 7240 writes them, quoted and in spaces too', async () => {
    const began = performance.now();
    for (const prefer of ['wait="0"', 'respond-async, wait = 0', 'WAIT="0"; x=1']) {
      const { status } = await get(`/orders/${orderIdOf(4)}`, { 'X-Event-Version': '4', Prefer: prefer });
      expect(status, prefer).toBe(202);
    }
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('describes that a read may not be there yet, and says nothing of it where the process is asked', async () => {
    const { paths } = (await get('/openapi.json')).body as { paths: Record<string, { get: { responses: object } }> };
    expect(paths['/orders']?.get.responses).toMatchObject({ 202: {}, 409: {}, 503: {} });
    const metrics = await fetch(`${app.url}/metrics`, {
      headers: { 'x-event-version': '4', 'x-order-id': orderIdOf(4), prefer: 'wait=0' },
    });
    expect(metrics.status).toBe(200);
  });

  it('refuses what PostgreSQL can neither hold nor compare: NUL in an id, a cursor or a reason, and the year 0', async () => {
    const cursor = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const faultOf = async (path: string): Promise<unknown> => {
      const { status, body } = await get(path);
      return [status, (body.errors as { path: string }[] | undefined)?.[0]?.path];
    };
    expect(await faultOf(`/parked?after=${cursor(0, 'a\0b', 'x')}`)).toEqual([400, '/after']);
    expect(await faultOf(`/parked?after=${cursor(-8.64e15, 'a', 'x')}`)).toEqual([400, '/after']);
    expect(await faultOf(`/orders?after=${cursor('0000-01-01T00:00:00Z', orderIdOf(1))}`)).toEqual([400, '/after']);
    expect((await post('/parked/%00/retry')).body.code).toBe('not_parked');
    expect((await post('/parked/%00/discard', { reason: 'x' })).body.code).toBe('not_parked');
    expect((await post(`/parked/${orderIdOf(9)}/discard`, { reason: 'a\0b' })).status).toBe(400);
  });

  it('has no current version of an order that it has not seen', async () => {
    const { body } = await get(`/orders`, { 'X-Event-Version': '1', 'X-Order-Id': orderIdOf(99), Prefer: 'wait=0' });
    expect(body).toMatchObject({ code: 'not_yet_visible', currentVersion: null });
  });

  it('answers a waiting read as soon as the version is there', async () => {
    const waiting = get(`/orders/${orderIdOf(6)}`, { 'X-Event-Version': '4' });
    await app.admin.query('UPDATE projection_order SET version = 4 WHERE order_id = $1', [orderIdOf(6)]);
    expect((await waiting).status).toBe(200);
  });

  it('says 409 where the order is parked', async () => {
    const { status, body } = await get(`/orders/${orderIdOf(9)}`, { 'X-Event-Version': '4' });
    expect([status, body.code]).toEqual([409, 'parked']);
  });

  it.each([
    [{ 'X-Event-Version': '1' }, '/X-Order-Id'],
    [{ 'X-Event-Version': 'new', 'X-Order-Id': orderIdOf(1) }, '/X-Event-Version'],
    [{ 'X-Event-Version': '1', 'X-Order-Id': 'mine' }, '/X-Order-Id'],
  ])('names the header at fault: %j', async (headers, path) => {
    const { status, body } = await get('/orders', headers);
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ path }]);
  });

  it('shows its projection and nothing parked, and is alive but not ready', async () => {
    const { body } = await get('/projections');
    expect(body).toMatchObject({ projections: [{ name: 'order-summary', version: 1, state: 'serving', parked: 0 }] });
    expect((await get('/parked')).body).toEqual({ items: [], next: null });
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(503);
  });

  it('pages through parked orders, and says of the last page that it is', async () => {
    await app.admin.query(
      `INSERT INTO projection_parked (generation, partition, topic_offset, order_id, version, reason, headers, recorded_at)
       SELECT serving_generation('order-summary'), 0, n, 'o-' || n, 2, 'odd', '{}', now() FROM generate_series(1, 4) n`,
    );
    const first = await get('/parked?limit=2');
    expect(idsOf(first)).toEqual(['o-4', 'o-3']);
    const second = await get(`/parked?limit=2&after=${String(first.body.next)}`);
    expect([idsOf(second), second.body.next]).toEqual([['o-2', 'o-1'], null]);
    expect((await get('/parked?limit=201')).status).toBe(400);
    await app.admin.query('DELETE FROM projection_parked');
  });

  it('lists and gives up a record whose key is as long as any that is kept', async () => {
    const orderIds = ['a', 'b'].map((letter) => letter + '\u5b57'.repeat(199));
    await app.admin.query(
      `INSERT INTO projection_parked (generation, partition, topic_offset, order_id, reason, record_value, headers, recorded_at)
       SELECT serving_generation('order-summary'), 0, n, ($1::text[])[n], 'odd', '\\x00', '{}', now() FROM generate_series(1, 2) n`,
      [orderIds],
    );
    const first = await get('/parked?limit=1');
    expect(idsOf(first)).toEqual([orderIds[1]]);
    expect(idsOf(await get(`/parked?limit=1&after=${String(first.body.next)}`))).toEqual([orderIds[0]]);
    for (const orderId of orderIds) {
      const { status } = await post(`/parked/${encodeURIComponent(orderId)}/discard`, { reason: 'noise' });
      expect(status).toBe(200);
    }
    expect((await get('/parked')).body.items).toEqual([]);
  });

  it('begins a rebuild, once however often it is asked, and drops it', async () => {
    for (const { status, body } of [
      await post('/projections/order-summary/rebuild'),
      await post('/projections/order-summary/rebuild'),
    ]) {
      expect(status).toBe(202);
      expect(body.projections).toMatchObject([{ state: 'serving' }, { state: 'filling', rebuild: { secondsLeft: 0 } }]);
    }
    const dropped = await post('/projections/order-summary/drop');
    expect(dropped.body.projections).toMatchObject([{ state: 'serving' }]);
  });

  it.each([
    ['/projections/order-summary/swap', undefined, 409, 'wrong_state'],
    ['/projections/order-summary/rollback', undefined, 409, 'wrong_state'],
    ['/projections/order-summary/drop', undefined, 409, 'wrong_state'],
    ['/projections/nothing/rebuild', undefined, 404, 'unknown_projection'],
    ['/projections/order-summary/swap', { force: true }, 400, 'invalid_request'],
    [`/parked/${orderIdOf(1)}/retry`, undefined, 404, 'not_parked'],
    [`/parked/${orderIdOf(1)}/retry`, { dryRun: 'yes' }, 400, 'invalid_request'],
    [`/parked/${orderIdOf(1)}/discard`, { reason: ' ' }, 400, 'invalid_request'],
    [`/parked/${orderIdOf(1)}/discard`, undefined, 400, 'invalid_request'],
  ])('POST %s with %j is refused: %i %s', async (path, body, status, code) => {
    const refused = await post(path, body);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  it('shows the projection in its metrics', async () => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(
      /orderline_projection_parked_orders\{projection="order-summary",generation="1",state="serving"[^}]*\} 0/,
    );
    expect(metrics).toContain('orderline_projection_lag_events');
  });

  it('describes its routes', async () => {
    const { body } = await get('/openapi.json');
    expect(Object.keys(body.paths as object)).toEqual(
      expect.arrayContaining([
        '/orders',
        '/orders/{orderId}',
        '/projections',
        '/projections/{name}/rebuild',
        '/parked',
        '/parked/{orderId}/retry',
      ]),
    );
  });
});
