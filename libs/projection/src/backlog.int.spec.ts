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

// Every second one shares a transaction.
const all = () => [orderLine(), statusCount, customerTotal, statusInterval];
const LIFE = ['OrderCreated', 'OrderItemAdded', 'OrderConfirmed', 'OrderPreparing', 'OrderReady'] as const;
const ORDERS = 300;
const EVENTS = ORDERS * LIFE.length;

describe('a batch of many records goes into two transactions', () => {
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

  const interleaved = () => {
    const orders = Array.from({ length: ORDERS }, (_, at) => exampleOrder({ customerId: `c-${at % 7}` }));
    return LIFE.flatMap((type) => orders.map((order) => order.next(type)));
  };
  const inSmallBatches = async (): Promise<unknown> => {
    const { consumers } = await kit.instance(all(), topic);
    await consumers.drain(undefined, 100);
    const rows = await kit.readModels();
    await kit.empty();
    return rows;
  };

  it('and comes to the same rows as in small batches, which go into one', async () => {
    topic.put(...interleaved());
    const expected = await inSmallBatches();
    const { consumers, projector } = await kit.instance(all(), topic);
    expect(await consumers.drain(undefined, EVENTS)).toBe(1);
    expect(await kit.readModels()).toEqual(expected);
    const { rows } = await kit.pool.query(
      'SELECT count(DISTINCT xmin::text)::int AS transactions FROM projection_checkpoint WHERE next_offset > 0',
    );
    expect(rows).toEqual([{ transactions: 2 }]);
    for (const line of await projector.status())
      expect(line).toMatchObject({ applied: EVENTS, duplicates: 0, lagEvents: 0 });
  });

  it('of which the one that was lost is made good, and the one that was kept is passed over', async () => {
    topic.put(...interleaved());
    const expected = await inSmallBatches();
    const { consumers, projector } = await kit.instance(all(), topic);
    const blocker = await kit.admin();
    await blocker.query('BEGIN');
    await blocker.query('LOCK TABLE order_line IN SHARE MODE');
    const draining = consumers.drain(undefined, EVENTS);
    await eventually(async () => {
      const { rows } = await kit.pool.query(
        `SELECT projection, sum(applied)::int AS applied FROM projection_checkpoint JOIN projection_generation USING (generation)
         GROUP BY projection HAVING sum(applied) > 0 ORDER BY projection`,
      );
      expect(rows).toEqual([
        { projection: 'status-count', applied: EVENTS },
        { projection: 'status-interval', applied: EVENTS },
      ]);
    });
    await blocker.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'instance' AND datname = current_database() AND wait_event_type = 'Lock'`,
    );
    await blocker.query('COMMIT');
    await draining;
    expect(await kit.readModels()).toEqual(expected);
    for (const line of await projector.status())
      expect(line).toMatchObject({ applied: EVENTS, duplicates: 0, parked: 0 });
  });

  it('and an event that the table of one refuses is parked there, and counts once in the others', async () => {
    const tooDear = exampleOrder();
    topic.put(
      ...interleaved(),
      tooDear.next('OrderCreated', { totalMinor: 2_000_000 }),
      tooDear.next('OrderConfirmed'),
    );
    const { consumers, projector } = await kit.instance(all(), topic);
    await consumers.drain(undefined, EVENTS + 2);
    expect(await projector.parked({ limit: 5 })).toMatchObject([
      { orderId: tooDear.orderId, projection: 'order-line' },
    ]);
    expect(await kit.rows('order_line')).toHaveLength(ORDERS);
    expect(await projector.status()).toMatchObject([
      { name: 'order-line', applied: EVENTS, parked: 1 },
      { name: 'status-count', applied: EVENTS + 2, parked: 0 },
      { name: 'customer-total', applied: EVENTS + 2, parked: 0 },
      { name: 'status-interval', applied: EVENTS + 2, parked: 0 },
    ]);
    expect(await kit.rows('status_count')).toContainEqual(expect.objectContaining({ status: 'Ready', orders: '300' }));
  });

  it('and neither keeps anything once the partitions may have gone to another member', async () => {
    topic.put(...interleaved());
    const { consumers } = await kit.instance(all(), topic);
    const main = consumers.groups.get('spec.main');
    await main?.assign();
    let asked = 0;
    await main?.deliver([...topic.records.values()].flat(), () => (asked += 1) > 1);
    expect(asked).toBe(3);
    expect(await kit.rows('order_line')).toEqual([]);
    expect(await kit.rows('status_count')).toEqual([]);
  });
});
