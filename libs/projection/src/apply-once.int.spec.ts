import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customerTotal, exampleTables, orderLine, statusCount } from './testing/example-projections.testing.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand, type TopicInHand } from './testing/topic-in-hand.testing.ts';

describe('each event counts once', () => {
  let kit: Kit;
  let topic: TopicInHand;
  beforeAll(async () => {
    kit = await openKit(exampleTables);
  });
  afterAll(() => kit.close());
  beforeEach(() => {
    topic = topicInHand();
  });

  const lines = async (): Promise<unknown[]> =>
    (
      await kit.pool.query<object>(
        `SELECT order_id, version, status, total_minor, note FROM order_line ORDER BY order_id`,
      )
    ).rows;

  it('folds a life into one row and keeps it when everything is delivered again', async () => {
    const { consumers, pool } = await kit.instance([orderLine(), statusCount, customerTotal], topic);
    const order = exampleOrder();
    topic.put(...order.life('OrderCreated', 'OrderItemAdded', 'OrderUpdated', 'OrderConfirmed'));
    await consumers.drain();
    topic.put(...order.life('OrderPreparing', 'OrderReady'));
    await consumers.drain();
    const row = {
      order_id: order.orderId,
      version: 6,
      status: 'Ready',
      total_minor: '1100',
      note: 'with "quotes", a \\ and, a comma',
    };
    expect(await lines()).toEqual([row]);
    await pool.query('UPDATE projection_checkpoint SET next_offset = 0, last_offset = NULL');
    const again = await kit.instance([orderLine(), statusCount, customerTotal], topic);
    await again.consumers.drain();
    expect(await lines()).toEqual([row]);
  });
});
