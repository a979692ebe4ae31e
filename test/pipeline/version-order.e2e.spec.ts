import { expect, it } from 'vitest';
import { command, createOrder, readSummary } from './order-client.ts';
import { recordsOf } from './topic-records.ts';

const writers = 32;

it('events of one order arrive in version order under 32 concurrent writers', async () => {
  const { body: created } = await createOrder();
  const replies = await Promise.all(
    Array.from({ length: writers }, (_, i) =>
      command(created.orderId, 'items', { sku: `sku-${i}`, name: 'Extra', quantity: 1, unitPrice: '1.00' }),
    ),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array(writers).fill(200));
  const records = await recordsOf(created.orderId, 1 + writers);
  const versions = [...new Set(records.map(({ event }) => event.version))];
  expect(versions).toEqual(Array.from({ length: 1 + writers }, (_, i) => i + 1));
  expect(new Set(records.map(({ record }) => record.partition)).size).toBe(1);
  expect((await readSummary(created.orderId, 1 + writers)).body).toMatchObject({
    version: 1 + writers,
    total: '42.25',
  });
});

it('of two commands that race on one version one wins and the other is told that it lost', async () => {
  for (let round = 0; round < 10; round++) {
    const { body: created } = await createOrder();
    const onVersionOne = { 'if-match': '"1"' };
    const replies = await Promise.all([
      command(created.orderId, 'confirm', undefined, onVersionOne),
      command(created.orderId, 'cancel', { reason: 'too slow' }, onVersionOne),
    ]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = replies.find(({ status }) => status === 200);
    const { body: summary } = await readSummary(created.orderId, 2);
    expect(summary).toMatchObject({ version: 2, status: winner?.body.status });
  }
});
