import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Pool } from '@orderline/postgres';
import { eventually, startTcpGate, type TcpGate, type TestDatabase } from '@orderline/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { client, createOrdersDatabase } from './order-service.testing.ts';

let database: TestDatabase & { owner: Pool };
let gate: TcpGate;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  database = await createOrdersDatabase(inject('postgresUrl'));
  const { hostname, port } = new URL(database.urlOf('orders_app'));
  gate = await startTcpGate({ host: hostname, port: Number(port) });
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
afterAll(async () => {
  await gate.shut();
  await database.drop();
});

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const launch = (settings: Record<string, string>) => {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const url = (): Promise<string> =>
    eventually(() => {
      const found = /listening at (http:[^"]+)"/u.exec(output)?.[1];
      if (found === undefined) throw new Error('not listening yet');
      return found;
    });
  return { child, exited, url, errors: text(child.stderr), output: () => output };
};
const throughGate = (): string => {
  const address = new URL(database.urlOf('orders_app'));
  address.host = `127.0.0.1:${gate.port}`;
  return address.href;
};

const anOrder = {
  customerId: 'c-1',
  restaurantId: 'r-1',
  currency: 'USD',
  items: [{ sku: 'soup', name: 'Soup', quantity: 1, unitPrice: '1' }],
  deliveryAddress: '1 Secret Street',
};

describe('the process', () => {
  it('killed between commit and answer, and asked again: one event and the first answer', async () => {
    const first = launch({ DATABASE_URL: throughGate() });
    const send = client(await first.url());
    await send('POST', '/orders', anOrder);
    const key = { 'idempotency-key': 'killed in between' };
    gate.mute();
    const lost = send('POST', '/orders', anOrder, key);
    const committed = await eventually(async () => {
      const { rows } = await database.owner.query<{ order_id: string }>('SELECT order_id FROM receipt');
      expect(rows).toHaveLength(1);
      return rows[0]!.order_id;
    });
    first.child.kill('SIGKILL');
    await expect(lost).rejects.toThrow();
    await first.exited;
    await gate.shut();
    await gate.open();

    const second = launch({ DATABASE_URL: throughGate() });
    const answer = await client(await second.url())('POST', '/orders', anOrder, key);
    expect([answer.status, answer.body['orderId'], answer.body['version']]).toEqual([201, committed, 1]);
    const { rows } = await database.owner.query('SELECT count(*)::int AS orders FROM event');
    expect(rows).toEqual([{ orders: 2 }]);
  });

  it('logs what it answered with the correlation id and nothing of a person, and leaves with 0 at SIGTERM', async () => {
    const service = launch({ DATABASE_URL: throughGate() });
    const send = client(await service.url());
    await send('POST', '/orders', anOrder, { 'x-correlation-id': 'corr-7', 'x-actor': 'customer:c-1' });
    service.child.kill('SIGTERM');
    expect(await service.exited).toBe(0);
    const lines = service.output().trim().split('\n');
    const answered = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find(({ status }) => status === 201);
    expect(answered).toMatchObject({
      service: 'order-command',
      correlationId: 'corr-7',
      method: 'POST',
      route: '/orders',
    });
    expect(service.output()).not.toMatch(/Secret Street|customer:c-1/u);
  });

  it('says every wrong setting and leaves with 1', async () => {
    const { exited, errors } = launch({ PORT: 'x', SNAPSHOT_EVERY: '0' });
    expect(await exited).toBe(1);
    expect(await errors).toMatch(
      /^3 wrong settings:\n(?=[^]*PORT is "x")(?=[^]*DATABASE_URL is not set)(?=[^]*SNAPSHOT_EVERY)/u,
    );
  });

  it('says in a line what is wrong where the database is away at start', async () => {
    const { exited, errors } = launch({ DATABASE_URL: 'postgres://orders_app:hunter2@127.0.0.1:1/orders' });
    expect(await exited).toBe(1);
    const told = await errors;
    expect(told).toMatch(
      /^order-command cannot start: the database at 127\.0\.0\.1:1 does not answer \(.*ECONNREFUSED/u,
    );
    expect(told).not.toMatch(/hunter2|\n {4}at /u);
  });
});
