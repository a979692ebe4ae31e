import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@orderline/testing';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { command, createOrder, readOrder, readSummary, toTheDoor } from './order-client.ts';
import { recordsOf } from './topic-records.ts';

const pidOf = (part: string): number =>
  (JSON.parse(readFileSync(join(inject('stack').pidFolder, `${part}.json`), 'utf8')) as { pid: number }).pid;

const isReady = async (url: string): Promise<void> => {
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
};

/** Ends the process without a warning; resolves when the supervisor has another one ready in its place. */
const kill = async (part: string, url: string): Promise<void> => {
  const pid = pidOf(part);
  process.kill(pid, 'SIGKILL');
  await eventually(() => expect(pidOf(part)).not.toBe(pid), { withinMs: 60_000 });
  await eventually(() => isReady(url), { withinMs: 60_000 });
};

const liveOf = async (): Promise<string> => {
  const { body: created } = await createOrder();
  for (const [action, body] of toTheDoor) await command(created.orderId, action, body);
  return created.orderId;
};

/** Every order's summary is what the write side says; a doubled or lost effect shows in version, status or sums. */
const expectSummariesAgree = async (orders: string[]): Promise<void> => {
  for (const orderId of orders) {
    const { body: written } = await readOrder(orderId);
    const { body: summary } = await readSummary(orderId, written.version);
    expect(summary).toMatchObject({
      orderId,
      version: written.version,
      status: written.status,
      total: written.total,
      updatedAt: written.updatedAt,
    });
  }
};

describe('nothing is lost and no effect is doubled', () => {
  it('when the projector is killed between its commit and the offset, again and again, while orders flow', async () => {
    const orders: string[] = [];
    for (let round = 0; round < 3; round++) {
      const lives = Promise.all(Array.from({ length: 10 }, liveOf));
      await kill('order-summary', inject('stack').summaryUrl);
      orders.push(...(await lives));
    }
    await expectSummariesAgree(orders);
  });

  it('when the connector is restarted in the middle of traffic', async () => {
    const lives = Promise.all(Array.from({ length: 20 }, liveOf));
    const { connectUrl } = inject('stack');
    const path = '/connectors/orderline-outbox/restart?includeTasks=true';
    expect((await fetch(connectUrl + path, { method: 'POST' })).status).toBeLessThan(300);
    await expectSummariesAgree(await lives);
  });

  it('when an outbox row is published twice', async () => {
    const orderId = await liveOf();
    await recordsOf(orderId, 6);
    const owner = new pg.Client({ connectionString: inject('stack').ordersUrl });
    await owner.connect();
    try {
      const again = await owner.query('INSERT INTO outbox SELECT * FROM outbox WHERE message_key = $1', [orderId]);
      expect(again.rowCount).toBe(6);
    } finally {
      await owner.end();
    }
    await recordsOf(orderId, 12);
    const { body: next } = await command(orderId, 'payments', { method: 'cash', amount: '10.25', reference: 'door' });
    expect((await readSummary(orderId, next.version)).body).toMatchObject({
      version: 7,
      status: 'Delivered',
      paid: '10.25',
    });
  });
});
