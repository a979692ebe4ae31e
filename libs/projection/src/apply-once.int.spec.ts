import { eventually } from '@orderline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  customerTotal,
  exampleTables,
  orderLine,
  statusCount,
  statusInterval,
} from './testing/example-projections.testing.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand, type TopicInHand } from './testing/topic-in-hand.testing.ts';

const all = () => [orderLine(), statusCount, customerTotal, statusInterval];

describe('each event counts once', () => {
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

  it('folds a life into one row, over several batches', async () => {
    const { consumers } = await kit.instance(all(), topic);
    const order = exampleOrder();
    topic.put(...order.life('OrderCreated', 'OrderItemAdded', 'OrderUpdated', 'OrderConfirmed'));
    await consumers.drain();
    topic.put(...order.life('OrderPreparing', 'OrderReady'));
    await consumers.drain();
    expect(await kit.rows('order_line')).toMatchObject([
      {
        order_id: order.orderId,
        version: 6,
        status: 'Ready',
        total_minor: '1100',
        note: 'with "quotes", a \\ and, a comma',
      },
    ]);
    expect(await kit.rows('status_count')).toMatchObject([
      { status: 'Confirmed', orders: '0' },
      { status: 'Created', orders: '0' },
      { status: 'Preparing', orders: '0' },
      { status: 'Ready', orders: '1' },
    ]);
  });

  it('writes what a fold answers: a new row, a changed one, none at all', async () => {
    const { consumers } = await kit.instance([orderLine()], topic);
    topic.put(...exampleOrder().life('OrderCreated', 'OrderConfirmed', 'OrderDelivered'));
    await consumers.drain();
    expect(await kit.rows('order_line')).toEqual([]);
    const order = exampleOrder();
    topic.put(order.next('OrderCreated'));
    await consumers.drain();
    topic.put(order.next('OrderDelivered'));
    await consumers.drain();
    expect(await kit.rows('order_line')).toEqual([]);
  });

  it('ends in the same rows when every batch is delivered twice', async () => {
    const { consumers } = await kit.instance(all(), topic);
    topic.put(...manyLives(20));
    await consumers.drain();
    const before = await kit.readModels();
    await kit.pool.query('UPDATE projection_checkpoint SET next_offset = 0, last_offset = NULL');
    const again = await kit.instance(all(), topic);
    await again.consumers.drain(undefined, 7);
    expect(await kit.readModels()).toEqual(before);
    const [line] = await again.projector.status();
    expect(line).toMatchObject({ applied: 100, duplicates: 100, parked: 0, lagEvents: 0 });
  });

  it('ends in the same rows when the topic holds whole histories again, at other offsets', async () => {
    const { consumers } = await kit.instance(all(), topic);
    const lives = manyLives(10);
    topic.put(...lives);
    await consumers.drain();
    const before = await kit.readModels();
    topic.put(...lives, ...lives);
    await consumers.drain();
    expect(await kit.readModels()).toEqual(before);
  });

  it('comes to the same rows however the topic is cut into batches', async () => {
    topic.put(...interleaved(15));
    const results: unknown[] = [];
    for (const atMost of [1, 3, 10, 1_000]) {
      await kit.empty();
      const { consumers } = await kit.instance(all(), topic);
      await consumers.drain(undefined, atMost);
      results.push(await kit.readModels());
    }
    expect(results.slice(1)).toEqual([results[0], results[0], results[0]]);
  });

  it('goes on at the checkpoint after a restart', async () => {
    const first = await kit.instance(all(), topic);
    topic.put(...manyLives(5));
    await first.consumers.drain();
    await first.projector.stop();
    topic.put(...manyLives(5));
    const second = await kit.instance(all(), topic);
    const positions = await second.consumers.groups.get('spec.main')?.assign();
    expect([...(positions?.values() ?? [])].reduce((sum, offset) => sum + Number(offset), 0)).toBe(25);
    await second.consumers.drain();
    expect(await second.projector.status()).toMatchObject([{ applied: 50, duplicates: 0 }, {}, {}, {}]);
  });

  it.each([
    ['the rows', 'LOCK TABLE order_line IN SHARE MODE', 'order_line'],
    ['the checkpoint', 'SELECT FROM projection_checkpoint FOR UPDATE', 'projection_checkpoint'],
  ])(
    'rolls the read model back with its checkpoint when killed at %s, and then takes the batch once',
    async (_, lock, what) => {
      const { consumers } = await kit.instance(all(), topic);
      topic.put(...manyLives(5));
      await consumers.drain();
      topic.put(...manyLives(5));
      const blocker = await kit.admin();
      await blocker.query('BEGIN');
      await blocker.query(lock);
      const draining = consumers.drain();
      await eventually(async () => {
        const { rowCount } = await kit.pool.query(
          `SELECT FROM pg_stat_activity WHERE application_name = 'instance' AND wait_event_type = 'Lock' AND query LIKE $1`,
          [`%${what}%`],
        );
        expect(rowCount).toBe(1);
      });
      await blocker.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'instance' AND datname = current_database()`,
      );
      await blocker.query('COMMIT');
      await draining;
      const counts = await kit.rows('status_count');
      expect(counts).toContainEqual(expect.objectContaining({ status: 'Ready', orders: '10' }));
      expect(await kit.rows('order_line')).toHaveLength(10);
    },
  );

  it('takes nothing of a batch whose partitions may have gone to another member', async () => {
    const { consumers } = await kit.instance(all(), topic);
    topic.put(...manyLives(2));
    const main = consumers.groups.get('spec.main');
    await main?.assign();
    let asked = 0;
    const staleAtTheEnd = (): boolean => (asked += 1) > 1;
    await main?.deliver([...(topic.records.get(0) ?? []), ...(topic.records.get(1) ?? [])], staleAtTheEnd);
    expect(asked).toBe(2);
    expect(await kit.rows('order_line')).toEqual([]);
    await consumers.drain();
    expect(await kit.rows('order_line')).toHaveLength(2);
  });
});

const LIFE = ['OrderCreated', 'OrderItemAdded', 'OrderConfirmed', 'OrderPreparing', 'OrderReady'] as const;
const manyLives = (count: number) =>
  Array.from({ length: count }, (_, at) => exampleOrder({ customerId: `c-${at % 3}` }).life(...LIFE)).flat();

const interleaved = (count: number) => {
  const orders = Array.from({ length: count }, (_, at) => exampleOrder({ customerId: `c-${at % 3}` }));
  return LIFE.flatMap((type) => orders.map((order) => order.next(type)));
};
