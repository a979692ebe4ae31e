import { contractSchemas } from '@orderline/contracts';
import type { TestDatabase } from '@orderline/testing';
import type { Pool } from '@orderline/postgres';
import type { RunningService } from '@orderline/service-host';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { client, createOrdersDatabase, startOrderCommand, type Answer, type Send } from './order-service.testing.ts';
import { snapshotFingerprintOf } from './reading/snapshot-fingerprint.ts';

const soup = { sku: 'soup', name: 'Soup of the day', quantity: 2, unitPrice: '4.50' };
const bread = { sku: 'bread', name: 'Bread', quantity: 1, unitPrice: '1.25' };
const anOrder = { customerId: 'c-1', restaurantId: 'r-1', currency: 'USD', items: [soup, bread] };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;
const unknownId = '0197f3c2-5b1e-7c5d-8a44-2f1d3c5b7a90';

let database: TestDatabase & { owner: Pool };
let service: RunningService;
let send: Send;

beforeAll(async () => {
  database = await createOrdersDatabase(inject('postgresUrl'));
  service = await startOrderCommand(database.urlOf('orders_app'), { SNAPSHOT_EVERY: '5' });
  send = client(service.url);
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

const create = async (changes: object = {}): Promise<string> => {
  const answer = await send('POST', '/orders', { ...anOrder, ...changes });
  expect(answer.status).toBe(201);
  return String(answer.body['orderId']);
};
const post = (id: string, action: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  send('POST', `/orders/${id}/${action}`, body, headers);
const pay = (id: string, amount: string, reference = 'p-1'): Promise<Answer> =>
  post(id, 'payments', { method: 'card', amount, reference });
const steps: [string, unknown?][] = [
  ['confirm'],
  ['start-preparing', { estimatedMinutes: 15 }],
  ['mark-ready'],
  ['dispatch', { courier: 'Kim', trackingId: 'trk-9' }],
  ['deliver', { signedBy: 'A. Guest' }],
];
const walk = async (id: string, count: number): Promise<void> => {
  for (const [action, body] of steps.slice(0, count)) expect((await post(id, action, body)).status).toBe(200);
};
const events = async (id: string): Promise<Record<string, unknown>[]> =>
  (await send('GET', `/orders/${id}/events?limit=200`)).body['items'] as Record<string, unknown>[];
const refused = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    type: expect.any(String) as string,
    title: expect.any(String) as string,
    status,
  });
};
const paths = (answer: Answer): string[] =>
  (answer.body['errors'] as { path: string }[]).map(({ path }) => path).sort();

describe('the life of an order', () => {
  it('begins with 201, its address, its version and the whole order', async () => {
    const answer = await send('POST', '/orders', { ...anOrder, deliveryAddress: '1 Main Street' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      orderId: expect.stringMatching(uuid) as string,
      version: 1,
      status: 'Created',
      customerId: 'c-1',
      restaurantId: 'r-1',
      currency: 'USD',
      items: [soup, bread],
      total: '10.25',
      paid: '0.00',
      refunded: '0.00',
      deliveryAddress: '1 Main Street',
      notes: null,
      courier: null,
      trackingId: null,
      signedBy: null,
      estimatedReadyAt: null,
      cancelReason: null,
      createdAt: expect.stringMatching(instant) as string,
      updatedAt: answer.body['createdAt'],
    });
    expect(answer.headers.get('location')).toBe(`/orders/${String(answer.body['orderId'])}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('x-event-version')).toBe('1');
    expect(answer.headers.get('x-correlation-id')).toMatch(uuid);
  });

  it('goes through every step to the door, each answered with the order', async () => {
    const id = await create();
    const seen: unknown[] = [];
    for (const [index, [action, body]] of steps.entries()) {
      const answer = await post(id, action, body);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('etag')).toBe(`"${index + 2}"`);
      expect(answer.body['version']).toBe(index + 2);
      seen.push(answer.body['status']);
    }
    expect(seen).toEqual(['Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered']);
    const { body } = await send('GET', `/orders/${id}`);
    expect(body).toMatchObject({ courier: 'Kim', trackingId: 'trk-9', signedBy: 'A. Guest', version: 6 });
    expect(body['estimatedReadyAt']).toMatch(instant);
    expect(Date.parse(String(body['updatedAt']))).toBeGreaterThan(Date.parse(String(body['createdAt'])));
  });

  it('takes items in and out while Created', async () => {
    const id = await create();
    const added = await post(id, 'items', { sku: 'tea', name: 'Tea', quantity: 3, unitPrice: '2' });
    expect(added.body).toMatchObject({ version: 2, total: '16.25' });
    expect((await post(id, 'items', soup)).body['items']).toContainEqual({ ...soup, quantity: 4 });
    const removed = await send('DELETE', `/orders/${id}/items/bread`);
    expect([removed.status, removed.body['version'], removed.body['total']]).toEqual([200, 4, '24.00']);
    refused(await send('DELETE', `/orders/${id}/items/bread`), 404, 'item_not_found');
    refused(await post(id, 'items', { ...soup, unitPrice: '4.51' }), 409, 'item_conflict');
    refused(await post(id, 'items', { ...soup, name: 'Other soup' }), 409, 'item_conflict');
    refused(await post(id, 'items', { ...soup, quantity: 999 }), 409, 'limit_exceeded');
    expect((await send('DELETE', `/orders/${id}/items/tea`)).status).toBe(200);
    refused(await send('DELETE', `/orders/${id}/items/soup`), 409, 'last_item');
    await walk(id, 1);
    refused(await post(id, 'items', bread), 409, 'transition_refused');
  });

  it('changes address and notes: null clears, absent stays, no difference is no event', async () => {
    const id = await create({ deliveryAddress: 'A', notes: 'N' });
    const patch = (body: unknown): Promise<Answer> => send('PATCH', `/orders/${id}`, body);
    expect((await patch({ notes: null })).body).toMatchObject({ version: 2, deliveryAddress: 'A', notes: null });
    expect((await patch({ deliveryAddress: 'A' })).body['version']).toBe(2);
    refused(await patch({}), 400, 'invalid_request');
    await walk(id, 4);
    refused(await patch({ notes: 'late' }), 409, 'transition_refused');
  });

  it('takes payments and refunds, by reference once each', async () => {
    const id = await create();
    expect((await pay(id, '4.25')).body).toMatchObject({ version: 2, paid: '4.25' });
    expect((await pay(id, '4.25')).body['version']).toBe(2);
    refused(await pay(id, '4.26'), 409, 'reference_conflict');
    refused(await pay(id, '6.01', 'p-2'), 409, 'payment_exceeds_total');
    expect((await pay(id, '6', 'p-2')).body).toMatchObject({ version: 3, paid: '10.25' });
    const refund = (amount: string, reference: string): Promise<Answer> =>
      post(id, 'refunds', { amount, reason: 'cold', reference });
    expect((await refund('1.00', 'p-1')).body).toMatchObject({ version: 4, refunded: '1.00' });
    expect((await refund('1.00', 'p-1')).body['version']).toBe(4);
    refused(await refund('9.26', 'r-2'), 409, 'refund_exceeds_paid');
    refused(await send('DELETE', `/orders/${id}/items/soup`), 409, 'below_paid');
    expect(paths(await refund('0', 'r-3'))).toEqual(['/amount']);
    expect(paths(await pay(id, '1.234', 'p-9'))).toEqual(['/amount']);
  });

  it('is called off with a full refund in one append, or not at all', async () => {
    const id = await create();
    await pay(id, '5.00');
    refused(await post(id, 'cancel', { reason: 'closed' }), 409, 'refund_required');
    const cancelled = await post(id, 'cancel', { reason: 'closed', refund: true });
    expect(cancelled.body).toMatchObject({ version: 4, status: 'Cancelled', refunded: '5.00', cancelReason: 'closed' });
    expect((await events(id)).slice(2).map(({ type, data }) => [type, (data as { reason: string }).reason])).toEqual([
      ['PaymentRefunded', 'closed'],
      ['OrderCancelled', 'closed'],
    ]);
    refused(await pay(id, '1.00', 'late'), 409, 'transition_refused');
    expect((await pay(id, '5.00')).body['version']).toBe(4);
  });

  it('keeps money exact in currencies of no and of three decimals', async () => {
    const yen = await create({ currency: 'JPY', items: [{ ...soup, unitPrice: '1250' }] });
    expect((await send('GET', `/orders/${yen}`)).body).toMatchObject({ total: '2500', paid: '0' });
    const dinar = await create({ currency: 'KWD', items: [{ ...soup, unitPrice: '1.25' }] });
    expect((await send('GET', `/orders/${dinar}`)).body).toMatchObject({ total: '2.500' });
    expect(paths(await post(yen, 'items', { ...bread, unitPrice: '1.5' }))).toEqual(['/unitPrice']);
  });

  it('answers a repeated step with the unchanged order and refuses a step that is passed or too early', async () => {
    const id = await create();
    await walk(id, 2);
    const repeat = await post(id, 'start-preparing', { estimatedMinutes: 99 });
    expect([repeat.status, repeat.body['version']]).toEqual([200, 3]);
    for (const [action, body] of [steps[0]!, steps[3]!, steps[4]!]) {
      const answer = await post(id, action, body);
      refused(answer, 409, 'transition_refused');
      expect(answer.body['currentVersion']).toBe(3);
    }
    await walk(id, 0);
    expect(await events(id)).toHaveLength(3);
  });
});

describe('bad input', () => {
  it('names every fault of a body with its path', async () => {
    const answer = await send('POST', '/orders', {
      customerId: 'no spaces',
      currency: 'USD',
      items: [
        { ...soup, unitPrice: '12.345' },
        { ...bread, unitPrice: '-1', quantity: 0, colour: 'red' },
      ],
      coupon: 'x',
    });
    refused(answer, 400, 'invalid_request');
    expect(paths(answer)).toEqual([
      '/coupon',
      '/customerId',
      '/items/0/unitPrice',
      '/items/1/colour',
      '/items/1/quantity',
      '/items/1/unitPrice',
      '/restaurantId',
    ]);
  });

  it.each([
    ['too many decimals', '12.345'],
    ['negative', '-1.00'],
    ['huge', '99999999999999999999'],
    ['10^12 minor units', '10000000000.00'],
    ['an exponent', '1e3'],
    ['a number', 4.5],
  ])('refuses money that is %s', async (_, unitPrice) => {
    const answer = await send('POST', '/orders', { ...anOrder, items: [{ ...soup, unitPrice }] });
    refused(answer, 400, 'invalid_request');
    expect(paths(answer)).toEqual(['/items/0/unitPrice']);
  });

  it('refuses a total of 10^12 minor units: 400 on create, limit_exceeded later', async () => {
    const dear = { ...soup, quantity: 2, unitPrice: '5000000000.00' };
    refused(await send('POST', '/orders', { ...anOrder, items: [dear] }), 400, 'invalid_request');
    const id = await create({ items: [{ ...dear, quantity: 1 }] });
    refused(await post(id, 'items', { ...dear, quantity: 1 }), 409, 'limit_exceeded');
  });

  it('refuses what is no JSON, no UTF-8, too deep, too large or of another type', async () => {
    refused(await send('POST', '/orders', '{"customerId":'), 400, 'invalid_request');
    refused(await send('POST', '/orders', '{"items":'.repeat(2_000) + '1' + '}'.repeat(2_000)), 400, 'invalid_request');
    refused(
      await send('POST', '/orders', JSON.stringify({ ...anOrder, notes: 'x'.repeat(1_000_000) })),
      413,
      'body_too_large',
    );
    refused(await send('POST', '/orders', 'a=b', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
    refused(await send('POST', '/orders'), 400, 'invalid_request');
    refused(await send('POST', '/orders', '[]'), 400, 'invalid_request');
  });

  it('refuses text that is empty, too long or that no database can hold', async () => {
    const long = { notes: 'x'.repeat(1_001), deliveryAddress: '🍜'.repeat(501) };
    expect(paths(await send('POST', '/orders', { ...anOrder, ...long }))).toEqual(['/deliveryAddress', '/notes']);
    const odd = { notes: 'a\0b', deliveryAddress: ' \n ' };
    expect(paths(await send('POST', '/orders', { ...anOrder, ...odd }))).toEqual(['/deliveryAddress', '/notes']);
    const kept = { deliveryAddress: '🍜'.repeat(500), notes: "Robert'); DROP TABLE event;--" };
    const id = await create(kept);
    expect((await send('GET', `/orders/${id}`)).body).toMatchObject(kept);
  });

  it('refuses ids that are none and orders that are not there', async () => {
    for (const id of ['7', unknownId.toUpperCase(), `${unknownId}0`, 'x'.repeat(500), "'--"]) {
      const answer = await post(encodeURIComponent(id), 'confirm');
      refused(answer, 400, 'invalid_request');
      expect(paths(answer)).toEqual(['/id']);
    }
    for (const [action, body] of [...steps, ['payments', { method: 'card', amount: '1', reference: 'p' }] as const]) {
      refused(await post(unknownId, action, body), 404, 'order_not_found');
    }
    for (const path of ['', '/events', '/timeline', '?version=1', '?at=2026-01-15T14:12:00Z', '/events?after=4']) {
      refused(await send('GET', `/orders/${unknownId}${path}`), 404, 'order_not_found');
    }
  });

  it('refuses unknown routes, methods, query parameters and bodies where there are none', async () => {
    refused(await send('GET', '/order'), 404, 'route_not_found');
    refused(await send('PUT', `/orders/${unknownId}`, {}), 404, 'route_not_found');
    const id = await create();
    expect(paths(await send('GET', `/orders/${id}?versions=1`))).toEqual(['/versions']);
    expect(paths(await send('POST', `/orders/${id}/confirm?force=1`))).toEqual(['/force']);
    expect(paths(await post(id, 'confirm', { please: true }))).toEqual(['/please']);
    expect((await post(id, 'confirm', {})).status).toBe(200);
  });

  it('refuses headers that are not what they should be', async () => {
    const id = await create();
    const soon = new Date(Date.now() + 6 * 60_000).toISOString();
    const wrong = {
      'x-actor': 'nobody',
      'x-causation-id': 'a b',
      'x-occurred-at': soon,
      'x-correlation-id': 'ü',
      'idempotency-key': 'k'.repeat(256),
      'if-match': '1',
    };
    const answer = await post(id, 'start-preparing', { estimatedMinutes: 601 }, wrong);
    refused(answer, 400, 'invalid_request');
    expect(paths(answer)).toEqual([
      '/Idempotency-Key',
      '/If-Match',
      '/X-Actor',
      '/X-Causation-Id',
      '/X-Correlation-Id',
      '/X-Occurred-At',
      '/estimatedMinutes',
    ]);
  });
});

describe('what a request says about itself', () => {
  it('is kept with the event and in the outbox', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await send('POST', '/orders', anOrder, {
      'x-actor': 'customer:c-1',
      'x-correlation-id': 'corr-1',
      'x-causation-id': 'cause-1',
      'x-occurred-at': '2026-01-15T15:12:00.5+01:00',
      traceparent: trace,
    });
    expect(answer.headers.get('x-correlation-id')).toBe('corr-1');
    const id = String(answer.body['orderId']);
    expect((await events(id))[0]).toMatchObject({
      actor: { role: 'customer', id: 'c-1' },
      correlationId: 'corr-1',
      causationId: 'cause-1',
      occurredAt: '2026-01-15T14:12:00.500Z',
    });
    const { rows } = await database.owner.query('SELECT * FROM outbox WHERE message_key = $1', [id]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ce_type: 'orderline.orders.OrderCreated',
      ce_source: '/orderline/order-command',
      correlation_id: 'corr-1',
      traceparent: trace,
      event_version: '1',
    });
    expect((rows[0] as { ce_time: string }).ce_time).toBe(answer.body['createdAt']);
  });

  it('has defaults: nobody, a new correlation id, no cause, a new trace, now', async () => {
    const before = Date.now();
    const answer = await send('POST', '/orders', anOrder);
    const id = String(answer.body['orderId']);
    const [event] = await events(id);
    expect(event).toMatchObject({
      actor: { role: 'system', id: 'anonymous' },
      correlationId: answer.headers.get('x-correlation-id'),
      causationId: null,
    });
    expect(Date.parse(String(event?.['occurredAt']))).toBeGreaterThanOrEqual(before);
    const { rows } = await database.owner.query<{ traceparent: string }>(
      'SELECT traceparent FROM outbox WHERE message_key = $1',
      [id],
    );
    expect(rows[0]?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/u);
  });
});

describe('If-Match', () => {
  it('holds a command to a version, any of several, or the order being there', async () => {
    const id = await create();
    expect((await post(id, 'confirm', undefined, { 'if-match': '"1"' })).status).toBe(200);
    const moved = await post(id, 'confirm', undefined, { 'if-match': '"1"' });
    refused(moved, 412, 'version_moved');
    expect(moved.body['currentVersion']).toBe(2);
    expect((await post(id, 'confirm', undefined, { 'if-match': '"1", "2"' })).status).toBe(200);
    expect((await post(id, 'confirm', undefined, { 'if-match': '*' })).status).toBe(200);
    refused(await post(id, 'confirm', undefined, { 'if-match': 'W/"2"' }), 412, 'version_moved');
    refused(await post(unknownId, 'confirm', undefined, { 'if-match': '*' }), 404, 'order_not_found');
  });
});

describe('Idempotency-Key', () => {
  const key = (name: string): Record<string, string> => ({ 'idempotency-key': `${name} ${Math.random()}` });

  it('gives the first outcome again, in the state of that version, before If-Match is looked at', async () => {
    const id = await create();
    const tea = { sku: 'tea', name: 'Tea', quantity: 1, unitPrice: '2' };
    const headers = { ...key('add'), 'if-match': '"1"' };
    const first = await post(id, 'items', tea, headers);
    await walk(id, 2);
    const again = await post(id, 'items', { unitPrice: '2', quantity: 1, name: 'Tea', sku: 'tea' }, headers);
    expect(again.body).toEqual(first.body);
    expect([again.status, again.headers.get('etag')]).toEqual([200, '"2"']);
    expect(await events(id)).toHaveLength(4);
  });

  it('makes one order of racing twins, all answered 201 with it', async () => {
    const headers = key('create');
    const answers = await Promise.all(Array.from({ length: 16 }, () => send('POST', '/orders', anOrder, headers)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body['orderId'])).size).toBe(1);
    expect(
      answers.every(({ headers: given, body }) => given.get('location') === `/orders/${String(body['orderId'])}`),
    ).toBe(true);
  });

  it('refuses another request under the same key', async () => {
    const id = await create();
    const headers = key('pay');
    expect((await post(id, 'payments', { method: 'card', amount: '1', reference: 'a' }, headers)).status).toBe(200);
    refused(
      await post(id, 'payments', { method: 'card', amount: '1', reference: 'b' }, headers),
      422,
      'idempotency_key_reused',
    );
    refused(await post(id, 'confirm', undefined, headers), 422, 'idempotency_key_reused');
    refused(await send('POST', '/orders', anOrder, headers), 422, 'idempotency_key_reused');
  });

  it('remembers a repeat that changed nothing, and forgets refusals', async () => {
    const id = await create();
    await walk(id, 1);
    const headers = key('confirm');
    expect((await post(id, 'confirm', undefined, headers)).body['version']).toBe(2);
    await post(id, 'start-preparing', { estimatedMinutes: 5 });
    const again = await post(id, 'confirm', undefined, headers);
    expect([again.status, again.body['version'], again.body['status']]).toEqual([200, 2, 'Confirmed']);
    refused(await post(id, 'mark-ready', undefined, headers), 422, 'idempotency_key_reused');
    const refusal = key('early');
    refused(await post(id, 'deliver', undefined, refusal), 409, 'transition_refused');
    await post(id, 'mark-ready');
    await post(id, 'dispatch', { courier: 'Kim' });
    expect((await post(id, 'deliver', undefined, refusal)).status).toBe(200);
  });
});

describe('racing clients', () => {
  it('64 lawful commands at once on one order all succeed, each once, without a gap', async () => {
    const id = await create();
    const answers = await Promise.all(Array.from({ length: 64 }, (_, index) => pay(id, '0.10', `p-${index}`)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const history = await events(id);
    expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
    expect(history).toHaveLength(65);
    expect((await send('GET', `/orders/${id}`)).body).toMatchObject({ version: 65, paid: '6.40' });
  });

  it('two processes race on one order: every accepted command is there once, losers decide again', async () => {
    const other = await startOrderCommand(database.urlOf('orders_app'));
    try {
      const id = await create();
      const clients = [send, client(other.url)];
      const answers = await Promise.all(
        Array.from({ length: 32 }, (_, index) =>
          clients[index % 2]!('POST', `/orders/${id}/payments`, {
            method: 'card',
            amount: '0.10',
            reference: `p-${index}`,
          }),
        ),
      );
      const accepted = answers.filter(({ status }) => status === 200).length;
      for (const { status, body } of answers) expect(status === 200 || body.code === 'version_conflict').toBe(true);
      const references = (await events(id)).slice(1).map(({ data }) => (data as { reference: string }).reference);
      expect(references).toHaveLength(accepted);
      expect(new Set(references).size).toBe(accepted);
      expect(accepted).toBeGreaterThan(16);
    } finally {
      await other.stop();
    }
  });

  it('of many with the same If-Match one wins and the others are told that it moved', async () => {
    const id = await create();
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        send('PATCH', `/orders/${id}`, { notes: `n-${index}` }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'version_moved')).toHaveLength(15);
  });

  it('answers 429 with Retry-After where too much waits', async () => {
    const small = await startOrderCommand(database.urlOf('orders_app'), { MAX_PENDING_PER_ORDER: '2' });
    try {
      const id = await create();
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          client(small.url)('POST', `/orders/${id}/payments`, {
            method: 'card',
            amount: '0.10',
            reference: `p-${index}`,
          }),
        ),
      );
      const busy = answers.filter(({ status }) => status === 429);
      expect(busy.length).toBeGreaterThan(0);
      refused(busy[0]!, 429, 'too_busy');
      expect(Number(busy[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await events(id)).toHaveLength(1 + answers.length - busy.length);
    } finally {
      await small.stop();
    }
  });
});

describe('history', () => {
  it('shows the order after every version and at every instant, across snapshots', async () => {
    const id = await create();
    for (let index = 0; index < 7; index += 1) await pay(id, '1.00', `p-${index}`);
    const history = await events(id);
    for (const { version, recordedAt } of history) {
      const byVersion = await send('GET', `/orders/${id}?version=${String(version)}`);
      expect(byVersion.body).toMatchObject({ version, paid: `${Number(version) - 1}.00`, updatedAt: recordedAt });
      expect(byVersion.headers.get('etag')).toBe(`"${String(version)}"`);
      expect((await send('GET', `/orders/${id}?at=${String(recordedAt)}`)).body).toEqual(byVersion.body);
    }
    const { rows } = await database.owner.query('SELECT version FROM snapshot WHERE order_id = $1', [id]);
    expect(rows).toEqual([{ version: 5 }]);
  });

  it('refuses points where there is no state', async () => {
    const id = await create();
    const above = await send('GET', `/orders/${id}?version=2`);
    refused(above, 404, 'version_not_found');
    expect(above.body['currentVersion']).toBe(1);
    refused(await send('GET', `/orders/${id}?version=99999999999999999999`), 404, 'version_not_found');
    refused(await send('GET', `/orders/${id}?at=2020-01-01T00:00:00Z`), 404, 'no_state_yet');
    for (const query of [
      'version=0',
      'version=-1',
      'version=1.5',
      'version=x',
      'version=1&version=2',
      'at=yesterday',
    ]) {
      refused(await send('GET', `/orders/${id}?${query}`), 400, 'invalid_request');
    }
    const both = await send('GET', `/orders/${id}?version=1&at=2026-01-15T14:12:00Z`);
    refused(both, 400, 'invalid_request');
    expect(paths(both)).toEqual(['/at']);
    expect((await send('GET', `/orders/${id}?at=2999-01-01T00:00:00+05:30`)).body['version']).toBe(1);
  });

  it('pages through events, oldest first', async () => {
    const id = await create({ deliveryAddress: '1 Main Street' });
    await walk(id, 5);
    const seen: unknown[] = [];
    let after = '0';
    for (;;) {
      const { body } = await send('GET', `/orders/${id}/events?after=${after}&limit=2`);
      seen.push(...(body['items'] as { version: number }[]).map(({ version }) => version));
      if (body['next'] === null) break;
      after = body['next'] as string;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await send('GET', `/orders/${id}/events?after=6`)).body).toEqual({ items: [], next: null });
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'after=-1', 'after=x', 'before=3']) {
      refused(await send('GET', `/orders/${id}/events?${query}`), 400, 'invalid_request');
    }
    expect((await events(id))[0]).toEqual({
      eventId: expect.stringMatching(uuid) as string,
      aggregateType: 'Order',
      orderId: id,
      version: 1,
      type: 'OrderCreated',
      schemaVersion: 3,
      storedSchemaVersion: 3,
      occurredAt: expect.stringMatching(instant) as string,
      recordedAt: expect.stringMatching(instant) as string,
      actor: { role: 'system', id: 'anonymous' },
      correlationId: expect.stringMatching(uuid) as string,
      causationId: null,
      data: {
        items: [
          { sku: 'soup', name: 'Soup of the day', quantity: 2, unitPriceMinor: 450 },
          { sku: 'bread', name: 'Bread', quantity: 1, unitPriceMinor: 125 },
        ],
        totalMinor: 1_025,
        currency: 'USD',
        deliveryAddress: '1 Main Street',
        notes: null,
      },
    });
  });

  it('tells the timeline as text, or as JSON where that is asked for', async () => {
    const id = await create();
    await post(id, 'confirm', undefined, { 'x-actor': 'restaurant:r-7' });
    const text = await fetch(`${service.url}/orders/${id}/timeline`);
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const lines = (await text.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^v2 {2}\d{4}-\S+Z {2}OrderConfirmed {2}\{\} {2}by restaurant:r-7$/u);
    const json = await send('GET', `/orders/${id}/timeline`, undefined, { accept: 'application/json' });
    expect(json.body).toEqual({ orderId: id, events: await events(id) });
  });

  it('reads orders of earlier schema versions, and goes on with them', async () => {
    const parties = { customer_id: 'c-old', restaurant_id: 'r-old' };
    const items = [{ sku: 'pie', name: 'Pie', quantity: 2, unitPrice: '3.50' }];
    const first = '0197f3c2-5b1e-7c5d-8a44-000000000001';
    const second = '0197f3c2-5b1e-7c5d-8a44-000000000002';
    const created = { version: 1, type: 'OrderCreated' };
    await store(first, {
      ...created,
      schemaVersion: 1,
      data: { ...parties, product_ids: ['pie', 'tea'], total: '9.5' },
    });
    await store(second, { ...created, schemaVersion: 2, data: { ...parties, items, total: '7.00' } });
    for (const [id, stored, total, lines] of [
      [first, 1, '9.50', ['pie', 'tea']],
      [second, 2, '7.00', ['pie']],
    ] as const) {
      expect((await events(id))[0]).toMatchObject({ schemaVersion: 3, storedSchemaVersion: stored });
      const { body } = await send('GET', `/orders/${id}`);
      expect(body).toMatchObject({ total, currency: 'USD', customerId: 'c-old' });
      expect((body['items'] as { sku: string }[]).map(({ sku }) => sku)).toEqual(lines);
      expect((await post(id, 'confirm')).body).toMatchObject({ version: 2, status: 'Confirmed', total });
    }
  });

  it('refuses an order with an event or a schema version from the future', async () => {
    const id = await create();
    await store(id, { version: 2, type: 'OrderTipped', schemaVersion: 1, data: {} });
    const other = await create();
    await store(other, { version: 2, type: 'OrderConfirmed', schemaVersion: 9, data: {} });
    for (const order of [id, other]) {
      refused(await post(order, 'confirm'), 503, 'newer_history');
      refused(await send('GET', `/orders/${order}`), 503, 'newer_history');
      refused(await send('GET', `/orders/${order}/events`), 503, 'newer_history');
      expect((await send('GET', `/orders/${order}?version=1`)).status).toBe(200);
    }
  });

  it('refuses such an order also where a build that knows the event has kept a snapshot after it', async () => {
    const id = await create();
    for (let index = 0; index < 4; index += 1) await pay(id, '1.00', `p-${index}`);
    await store(id, { version: 6, type: 'OrderTipped', schemaVersion: 1, data: {} });
    const fingerprint = snapshotFingerprintOf([...contractSchemas, { type: 'OrderTipped' as never, schemaVersion: 1 }]);
    const kept = await database.owner.query(
      `INSERT INTO snapshot SELECT order_id, $2, 6, e.recorded_at, s.state
       FROM snapshot s JOIN event e USING (order_id) WHERE order_id = $1 AND s.version = 5 AND e.version = 6`,
      [id, fingerprint],
    );
    expect(kept.rowCount).toBe(1);
    refused(await post(id, 'confirm'), 503, 'newer_history');
    refused(await send('GET', `/orders/${id}`), 503, 'newer_history');
  });

  type Stored = { version: number; type: string; schemaVersion: number; data: object };
  const store = (id: string, { version, type, schemaVersion, data }: Stored): Promise<unknown> =>
    database.owner.query(
      `INSERT INTO event SELECT $1, $2, gen_random_uuid(), $3, $4, $5, $6, clock_timestamp(), sha256('')`,
      [id, version, type, schemaVersion, data, originOfOld],
    );
  const originOfOld = {
    actor: { role: 'system', id: 'spec' },
    correlationId: 'c',
    causationId: null,
    occurredAt: '2025-01-01T00:00:00.000Z',
    traceparent: null,
  };
});
