import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReceipts } from './store/receipts.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { exampleTables, orderLine, statusCount } from './testing/example-projections.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand } from './testing/topic-in-hand.testing.ts';

describe('receipts of an order', () => {
  let kit: Kit;
  beforeAll(async () => {
    kit = await openKit(exampleTables);
  });
  afterAll(() => kit.close());

  it('say of every projection up to which version it is applied and when, that it waits where it is parked, and nothing of an order not seen', async () => {
    const topic = topicInHand();
    const began = Date.now();
    const { consumers } = await kit.instance([orderLine({ broken: true }), statusCount], topic);
    const order = exampleOrder();
    topic.put(...order.life('OrderCreated', 'OrderConfirmed', 'OrderReady', 'OrderItemAdded'));
    await consumers.drain();

    const [parked, applied] = await readReceipts(kit.pool, order.orderId);
    expect(parked).toMatchObject({ projection: 'order-line', state: 'serving', version: 2, parked: true });
    expect(applied).toMatchObject({ projection: 'status-count', state: 'serving', version: 4, parked: false });
    expect(applied?.appliedAt?.getTime()).toBeGreaterThanOrEqual(began - 1_000);
    expect(await readReceipts(kit.pool, exampleOrder().orderId)).toMatchObject([
      { projection: 'order-line', version: 0, appliedAt: null, parked: false },
      { projection: 'status-count', version: 0, appliedAt: null, parked: false },
    ]);
  });
});
