import { eventually } from '@orderline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { exampleTables, orderLine, statusCount } from './testing/example-projections.testing.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand, type TopicInHand } from './testing/topic-in-hand.testing.ts';

describe('an event that can never be applied parks its order and no other', () => {
  let kit: Kit;
  let topic: TopicInHand;
  beforeAll(async () => {
    kit = await openKit(exampleTables);
  });
  afterAll(() => kit.close());
  beforeEach(async () => {
    await kit.empty();
    topic = topicInHand();
  });
  const lineOf = async (orderId: string) => (await kit.rows('order_line')).find((row) => row.order_id === orderId);

  it('a function that throws: the others flow, the order queues up behind it, a retry after the mend applies it in order, once', async () => {
    const poison = { broken: true };
    const { consumers, projector } = await kit.instance([orderLine(poison), statusCount], topic);
    const sick = exampleOrder();
    const healthy = Array.from({ length: 200 }, () => exampleOrder());
    const lives = healthy.flatMap((order) => order.life('OrderCreated', 'OrderConfirmed'));
    topic.put(
      ...lives.slice(0, 200),
      ...sick.life('OrderCreated', 'OrderReady', 'OrderItemAdded'),
      ...lives.slice(200),
    );
    await consumers.drain();
    topic.put(...sick.life('OrderOutForDelivery'));
    await consumers.drain();

    expect(await kit.rows('order_line')).toHaveLength(201);
    expect(await lineOf(sick.orderId)).toMatchObject({ version: 1, status: 'Created' });
    expect(await projector.parked({ limit: 10 })).toMatchObject([
      {
        orderId: sick.orderId,
        projection: 'order-line',
        version: 2,
        reason: 'Error: a mistake in a function',
        waiting: 2,
      },
    ]);

    const stillBroken = await projector.release(sick.orderId);
    expect(stillBroken).toMatchObject([{ projection: 'order-line', applied: 0, parked: 3 }]);
    poison.broken = false;
    expect(await projector.release(sick.orderId, { dryRun: true })).toMatchObject([{ applied: 3, parked: 0 }]);
    expect(await lineOf(sick.orderId)).toMatchObject({ version: 1 });

    expect(await projector.release(sick.orderId)).toMatchObject([{ applied: 3, duplicates: 0, parked: 0 }]);
    expect(await lineOf(sick.orderId)).toMatchObject({ version: 4, status: 'OutForDelivery', total_minor: '1100' });
    expect(await projector.parked({ limit: 10 })).toEqual([]);
    await expect(projector.release(sick.orderId)).rejects.toMatchObject({ code: 'not_parked' });

    topic.put(sick.next('OrderUpdated'));
    await consumers.drain();
    expect(await lineOf(sick.orderId)).toMatchObject({ version: 5 });
  });

  it('a value that the table refuses, found among many by halving', async () => {
    const { consumers, projector } = await kit.instance([orderLine(), statusCount], topic);
    const sick = exampleOrder();
    const lives = Array.from({ length: 100 }, () => exampleOrder().life('OrderCreated', 'OrderConfirmed')).flat();
    const tooMuch = sick.next('OrderCreated', { totalMinor: 1_000_001 });
    topic.put(...lives.slice(0, 77), tooMuch, ...lives.slice(77), ...sick.life('OrderConfirmed', 'OrderReady'));
    await consumers.drain();
    expect(await kit.rows('order_line')).toHaveLength(100);
    const [parked] = await projector.parked({ limit: 10 });
    expect(parked).toMatchObject({ orderId: sick.orderId, projection: 'order-line', version: 1, waiting: 2 });
    expect(parked?.reason).toContain('order_line_total_minor_check');
    expect(await kit.rows('status_count')).toContainEqual(expect.objectContaining({ status: 'Ready', orders: '1' }));
  });

  it('a gap: what is missing is asked for, and once it comes all of it is applied by version, by itself', async () => {
    const { consumers, projector } = await kit.instance([orderLine(), statusCount], topic);
    const order = exampleOrder();
    const [created, confirmed, preparing, ready] = order.life(
      'OrderCreated',
      'OrderConfirmed',
      'OrderPreparing',
      'OrderReady',
    );
    topic.put(created!, ready!);
    await consumers.drain();
    expect(await projector.parked({ limit: 10 })).toMatchObject([
      {
        version: 4,
        reason: 'Version 2 is missing: `orderline republish` sends it again, and the order goes on.',
        waiting: 0,
      },
      { version: 4, waiting: 0 },
    ]);
    topic.put(confirmed!, preparing!, ready!);
    await consumers.drain();
    expect(await projector.parked({ limit: 10 })).toEqual([]);
    expect(await lineOf(order.orderId)).toMatchObject({ version: 4, status: 'Ready' });
    expect(await kit.rows('status_count')).toContainEqual(expect.objectContaining({ status: 'Ready', orders: '1' }));
    const statuses = await projector.status();
    expect(statuses.map(({ applied, duplicates }) => [applied, duplicates])).toEqual([
      [4, 1],
      [4, 1],
    ]);
  });

  it('a gap of several, closed bit by bit and in any order: what is next goes on, the rest waits', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const order = exampleOrder();
    const [one, two, three, four, five, six] = order.life(
      ...(['OrderCreated', 'OrderConfirmed', 'OrderPreparing', 'OrderReady', 'OrderUpdated'] as const),
      'OrderOutForDelivery',
    );
    topic.put(one!, three!, six!);
    await consumers.drain();
    topic.put(five!);
    await consumers.drain();
    expect(await lineOf(order.orderId)).toMatchObject({ version: 1 });
    topic.put(two!);
    await consumers.drain();
    expect(await lineOf(order.orderId)).toMatchObject({ version: 3, status: 'Preparing' });
    expect(await projector.parked({ limit: 10 })).toMatchObject([
      { version: 5, reason: expect.stringContaining('Version 4 is missing') as string, waiting: 1 },
    ]);
    topic.put(four!);
    await consumers.drain();
    expect(await lineOf(order.orderId)).toMatchObject({ version: 6, status: 'OutForDelivery' });
    expect(await projector.parked({ limit: 10 })).toEqual([]);
    topic.put(order.next('OrderDelivered'));
    await consumers.drain();
    expect(await lineOf(order.orderId)).toBeUndefined();
  });

  it('a gap that is closed within the batch it was met in, for many orders at once', async () => {
    const { consumers, projector } = await kit.instance([orderLine(), statusCount], topic);
    const orders = Array.from({ length: 60 }, () => exampleOrder());
    for (const order of orders) {
      const [one, two, three] = order.life('OrderCreated', 'OrderConfirmed', 'OrderPreparing');
      topic.put(one!, three!, two!, three!);
    }
    await consumers.drain();
    expect(await projector.parked({ limit: 10 })).toEqual([]);
    const lines = await kit.rows('order_line');
    expect(lines).toHaveLength(60);
    for (const line of lines) expect(line).toMatchObject({ version: 3, status: 'Preparing' });
    expect(await kit.rows('status_count')).toContainEqual(
      expect.objectContaining({ status: 'Preparing', orders: '60' }),
    );
  });

  it('gaps of many orders closed at once: as few statements as for one', async () => {
    const { consumers, projector, pool } = await kit.instance([orderLine(), statusCount], topic);
    const client = await pool.connect();
    client.release();
    const statementsToClose = async (orders: number): Promise<number> => {
      const lives = Array.from({ length: orders }, () =>
        exampleOrder().life('OrderCreated', 'OrderConfirmed', 'OrderPreparing', 'OrderReady'),
      );
      for (const [one, , three, four] of lives) topic.put(one!, three!, four!);
      await consumers.drain();
      for (const [, two] of lives) topic.put(two!);
      const statements = vi.spyOn(Object.getPrototypeOf(client) as typeof client, 'query');
      await consumers.drain();
      const { length } = statements.mock.calls;
      statements.mockRestore();
      expect(await projector.parked({ limit: 10 })).toEqual([]);
      return length;
    };
    const forOne = await statementsToClose(1);
    expect(await statementsToClose(200)).toBeLessThanOrEqual(forOne + 2);
    expect(await kit.rows('status_count')).toContainEqual(expect.objectContaining({ status: 'Ready', orders: '201' }));
  });

  it('a gap behind which something can never be applied: what can be is, and it stays parked for that', async () => {
    const poison = { broken: true };
    const { consumers, projector } = await kit.instance([orderLine(poison)], topic);
    const order = exampleOrder();
    const [one, two, ready, four] = order.life('OrderCreated', 'OrderConfirmed', 'OrderReady', 'OrderUpdated');
    topic.put(one!, ready!, four!);
    await consumers.drain();
    topic.put(two!);
    await consumers.drain();
    expect(await lineOf(order.orderId)).toMatchObject({ version: 2, status: 'Confirmed' });
    expect(await projector.parked({ limit: 10 })).toMatchObject([
      { version: 3, reason: 'Error: a mistake in a function', waiting: 1 },
    ]);
    // Sent again it only queues up: whether the cause is mended is for somebody to say.
    poison.broken = false;
    topic.put(ready!, four!);
    await consumers.drain();
    expect(await projector.parked({ limit: 10 })).toMatchObject([{ version: 3, waiting: 3 }]);
    expect(await projector.release(order.orderId)).toMatchObject([{ applied: 2, duplicates: 2, parked: 0 }]);
    expect(await lineOf(order.orderId)).toMatchObject({ version: 4 });
  });

  it('a divergence is no gap: what comes next waits for somebody', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const order = exampleOrder();
    const twin = exampleOrder({ orderId: order.orderId });
    topic.put(...order.life('OrderCreated', 'OrderConfirmed'));
    twin.next('OrderCreated');
    topic.put(twin.next('OrderCancelled'));
    await consumers.drain();
    topic.put(order.next('OrderPreparing'));
    await consumers.drain();
    expect(await projector.parked({ limit: 10 })).toMatchObject([{ version: 2, waiting: 1 }]);
    expect(await lineOf(order.orderId)).toMatchObject({ version: 2, status: 'Confirmed' });
  });

  it('a divergence: another event of a version that was applied is kept, never dropped', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const order = exampleOrder();
    const events = order.life('OrderCreated', 'OrderConfirmed');
    topic.put(...events);
    await consumers.drain();
    const twin = exampleOrder({ orderId: order.orderId });
    twin.next('OrderCreated');
    topic.put(twin.next('OrderCancelled'), order.next('OrderPreparing'));
    await consumers.drain();
    const [parked] = await projector.parked({ limit: 10 });
    expect(parked).toMatchObject({ version: 2, waiting: 1 });
    expect(parked?.reason).toContain(`Version 2 was applied as event ${events[1]!.eventId}`);
    await projector.release(order.orderId, { discardReason: 'sent by hand' });
    expect(await lineOf(order.orderId)).toMatchObject({ version: 3, status: 'Preparing' });
    const { rows } = await kit.pool.query('SELECT projection, discard_reason, version FROM projection_discarded');
    expect(rows).toEqual([{ projection: 'order-line', discard_reason: 'sent by hand', version: 2 }]);
  });

  it('a record that was discarded stays so when it is delivered again, and in a rebuild', async () => {
    const { consumers, projector } = await kit.instance([orderLine({ broken: true })], topic);
    const order = exampleOrder();
    const key = Buffer.from(order.orderId);
    topic.put(order.next('OrderCreated'));
    const partition = [...topic.records].find(([, records]) => records.length > 0)?.[0] ?? 0;
    topic.putRaw(partition, { key, value: Buffer.from('garbage') });
    topic.put(order.next('OrderReady'), order.next('OrderItemAdded'));
    await consumers.drain();
    await projector.release(order.orderId, { discardReason: 'no Avro' });
    expect(await projector.release(order.orderId, { discardReason: 'of no use' })).toMatchObject([{ parked: 0 }]);
    const line = await lineOf(order.orderId);
    expect(line).toMatchObject({ version: 3 });

    await projector.rebuild('order-line');
    await eventually(async () => {
      await consumers.drain(undefined, 20);
      const filled = (await projector.status()).find(({ state }) => state === 'caught_up');
      expect(filled).toMatchObject({ parked: 0, comparison: { rows: 1, differing: 0 } });
    });
    expect(await projector.parked({ limit: 10 })).toEqual([]);
    await projector.drop('order-line');
  });

  it('discarding a poisoned event counts it as seen, and the order goes on behind it', async () => {
    const { consumers, projector } = await kit.instance([orderLine({ broken: true })], topic);
    const order = exampleOrder();
    topic.put(...order.life('OrderCreated', 'OrderReady', 'OrderItemAdded'));
    await consumers.drain();
    expect(await projector.release(order.orderId, { discardReason: 'of no use' })).toMatchObject([
      { applied: 1, parked: 0 },
    ]);
    expect(await lineOf(order.orderId)).toMatchObject({ version: 3, status: 'Created' });
  });

  it('a discard that names its record and is sent twice gives up that one only', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const order = exampleOrder();
    const key = Buffer.from(order.orderId);
    topic.put(order.next('OrderCreated'));
    const partition = [...topic.records].find(([, records]) => records.length > 0)?.[0] ?? 0;
    for (const garbage of ['one', 'two']) topic.putRaw(partition, { key, value: Buffer.from(garbage) });
    topic.put(order.next('OrderConfirmed'));
    await consumers.drain();
    const [head] = await projector.parked({ limit: 10 });
    const discard = {
      discardReason: 'no Avro',
      head: { partition: head?.partition ?? -1, offset: head?.offset ?? -1 },
    };
    expect(await projector.release(order.orderId, { ...discard, dryRun: true })).toMatchObject([{ parked: 2 }]);
    expect(await projector.release(order.orderId, discard)).toMatchObject([{ parked: 2 }]);
    await expect(projector.release(order.orderId, discard)).rejects.toMatchObject({ code: 'not_at_head' });
    expect(await projector.parked({ limit: 10 })).toMatchObject([{ waiting: 1 }]);
    expect(await projector.release(order.orderId, { discardReason: 'no Avro' })).toMatchObject([{ parked: 0 }]);
    await expect(projector.release(order.orderId, discard)).rejects.toMatchObject({ code: 'not_parked' });
  });

  it('records that cannot be read are kept whole, and those that say nothing are passed over', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const order = exampleOrder();
    const key = Buffer.from(order.orderId);
    topic.put(order.next('OrderCreated'));
    const partition = [...topic.records].find(([, records]) => records.length > 0)?.[0] ?? 0;
    topic.putRaw(partition, { key, value: null });
    topic.putRaw(partition, { key: null, value: Buffer.from('no key') });
    topic.putRaw(partition, { key: Buffer.from('not\0an id'), value: Buffer.from([0, 0, 0, 0, 99, 1]) });
    topic.putRaw(partition, { key, value: Buffer.alloc(0), headers: { 'event-version': '2' } });
    topic.put(order.next('OrderConfirmed'));
    await consumers.drain();
    const parked = await projector.parked({ limit: 10 });
    expect(parked.map(({ orderId, reason, waiting }) => ({ orderId, reason, waiting }))).toEqual(
      expect.arrayContaining([
        { orderId: 'unknown', reason: 'The record has no key.', waiting: 0 },
        { orderId: 'not\uFFFDan id', reason: expect.stringContaining('It cannot be read') as string, waiting: 0 },
        { orderId: order.orderId, reason: 'The record has an empty value.', waiting: 1 },
      ]),
    );
    const { rows } = await kit.pool.query<{ record_value: Buffer }>(
      `SELECT record_value FROM projection_parked WHERE order_id = 'unknown'`,
    );
    expect(rows[0]?.record_value.toString()).toBe('no key');
    expect(await projector.release('unknown', { discardReason: 'noise' })).toMatchObject([{ parked: 0 }]);
    expect(await projector.status()).toMatchObject([{ lagEvents: 0, parked: 2 }]);
  });

  it('an order parked at its first event, with a page of many', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const orders = Array.from({ length: 7 }, () => exampleOrder());
    topic.put(...orders.map((order) => (order.next('OrderCreated'), order.next('OrderConfirmed'))));
    await consumers.drain();
    const seen: string[] = [];
    let page = await projector.parked({ limit: 3 });
    while (page.length > 0) {
      seen.push(...page.map(({ orderId }) => orderId));
      page = await projector.parked({ after: page.at(-1), limit: 3 });
    }
    expect(seen.toSorted()).toEqual(orders.map(({ orderId }) => orderId).toSorted());
  });

  it('shows through a read that waits for the version', async () => {
    const { consumers, projector } = await kit.instance([orderLine({ broken: true })], topic);
    const order = exampleOrder();
    topic.put(...order.life('OrderCreated', 'OrderReady'));
    await consumers.drain();
    expect(await projector.waitFor(order.orderId, 1, 0)).toEqual({ kind: 'visible' });
    expect(await projector.waitFor(order.orderId, 2, 0)).toEqual({ kind: 'parked' });
  });
});
