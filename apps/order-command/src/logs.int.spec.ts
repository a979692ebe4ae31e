import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Pool } from '@orderline/postgres';
import { eventually, startTcpGate, type TcpGate, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createOrdersDatabase } from './order-service.testing.ts';

/** Stands in every value that may be about a person; nothing of a log may hold it. */
const planted = 'Planted Person';
const personal = {
  deliveryAddress: `1 ${planted} Street`,
  notes: `ring at ${planted}`,
};
const traceId = '0af7651916cd43dd8448eb211c80319c';

let database: TestDatabase & { owner: Pool };
let gate: TcpGate;
let child: ChildProcess;
let output = '';
let url: string;
let statuses: number[];

const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(url + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  statuses.push(answer.status);
  return (await answer.json()) as { orderId?: string };
};

beforeAll(async () => {
  database = await createOrdersDatabase(inject('postgresUrl'));
  const address = new URL(database.urlOf('orders_app'));
  gate = await startTcpGate({ host: address.hostname, port: Number(address.port) });
  address.host = `127.0.0.1:${gate.port}`;
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: {
      ...{ PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'trace', DATABASE_URL: address.href },
      ...{ DATABASE_CONNECT_TIMEOUT_MS: '300', DATABASE_QUERY_TIMEOUT_MS: '400', ORDERLINE_TRACES: '/dev/null' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  url = await eventually(
    () => {
      const found = /listening at (http:[^"]+)"/u.exec(output)?.[1];
      if (found === undefined) throw new Error(`not listening yet: ${output}`);
      return found;
    },
    { withinMs: 40_000 },
  );
  statuses = [];
  await askEverything();
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 90_000);
afterAll(async () => {
  child.kill('SIGKILL');
  await gate.shut();
  await database.drop();
});

/** What is taken, what is refused by form and by the rules, and what fails while the database is away. */
const askEverything = async (): Promise<void> => {
  const items = [{ sku: 'soup', name: `Soup for ${planted}`, quantity: 1, unitPrice: '10' }];
  const anOrder = { customerId: 'c-1', restaurantId: 'r-1', currency: 'USD', items, ...personal };
  const traced = { 'x-correlation-id': 'corr-7', traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  const { orderId = '' } = await send('POST', '/orders', anOrder, { ...traced, 'x-actor': 'customer:planted-actor' });
  const payment = { method: 'card', amount: '10', reference: 'planted-reference' };
  await send('POST', `/orders/${orderId}/payments`, payment);
  await send('POST', `/orders/${orderId}/payments`, { ...payment, amount: '9' });
  await send('POST', `/orders/${orderId}/deliver`, { signedBy: planted });
  await send('PATCH', `/orders/${orderId}`, { notes: `${planted} `.repeat(100) });
  await send('PATCH', `/orders/${orderId}`, { [planted]: planted });
  await send('POST', '/orders', `{"deliveryAddress": "${planted}`);
  await send('POST', `/orders/${orderId}/confirm?name=${encodeURIComponent(planted)}`);
  await send('GET', `/${encodeURIComponent(planted)}`);
  await send('POST', '/orders', anOrder, { 'idempotency-key': planted, 'x-actor': planted });
  await gate.shut();
  await send('PATCH', `/orders/${orderId}`, { notes: `${planted} once more` });
  await send('POST', '/orders', anOrder);
};

const lines = (): Record<string, unknown>[] =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('at its loudest, has nothing of a person, whatever was asked and however it went', () => {
    expect(statuses).toEqual([201, 200, 409, 409, 400, 400, 400, 400, 404, 400, 503, 503]);
    expect(output).not.toMatch(/planted/iu);
  });

  it('is lines of JSON, one for every answer, with its correlation id and where it is traced its trace', () => {
    const answered = lines().filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ status }) => status)).toEqual(statuses);
    expect(answered.filter(({ correlationId }) => typeof correlationId !== 'string')).toEqual([]);
    expect(answered[0]).toMatchObject({ service: 'order-command', level: 'info', correlationId: 'corr-7', traceId });
  });

  it('tells of a failure by its kind, code and cause, under the correlation id of its answer', () => {
    const failed = lines().filter(({ msg }) => msg === 'request failed');
    expect(failed).toHaveLength(2);
    for (const { correlationId, err } of failed) {
      expect(lines().find((line) => line['correlationId'] === correlationId && line['status'] === 503)).toBeDefined();
      expect(err).toMatchObject({ type: expect.any(String) as string, message: expect.any(String) as string });
    }
  });
});
