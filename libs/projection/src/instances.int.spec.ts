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
const LIFE = ['OrderCreated', 'OrderItemAdded', 'OrderConfirmed', 'OrderPreparing', 'OrderReady'] as const;
const livesOfOneCustomer = (count: number) =>
  Array.from({ length: count }, () => exampleOrder({ customerId: 'the-same' }).life(...LIFE)).flat();

describe('several instances', () => {
  let kit: Kit;
  let topic: TopicInHand;
  beforeAll(async () => {
    kit = await openKit(exampleTables);
  });
  afterAll(() => kit.close());
  beforeEach(async () => {
    await kit.empty();
    topic = topicInHand(4);
  });

  it('a member that lost its partitions without knowing writes nothing more', async () => {
    const zombie = await kit.instance(all(), topic);
    topic.put(...livesOfOneCustomer(4));
    await zombie.consumers.groups.get('spec.main')?.assign();
    const heir = await kit.instance(all(), topic);
    await heir.consumers.drain();
    const before = await kit.readModels();
    await zombie.consumers.groups.get('spec.main')?.deliver([...topic.records.values()].flat());
    expect(await kit.readModels()).toEqual(before);
    expect(await heir.projector.status()).toMatchObject([{ applied: 20, duplicates: 0 }, {}, {}, {}]);
    topic.put(...livesOfOneCustomer(1));
    await zombie.consumers.drain();
    await heir.consumers.drain();
    expect(await heir.projector.status()).toMatchObject([{ applied: 25, duplicates: 0 }, {}, {}, {}]);
  });

  it('a batch from beyond the checkpoint is dropped and positions are asked for anew', async () => {
    const { consumers, projector } = await kit.instance(all(), topic);
    topic.put(...livesOfOneCustomer(4));
    const main = consumers.groups.get('spec.main');
    await main?.assign();
    await main?.deliver((topic.records.get(0) ?? []).slice(1));
    expect(await kit.rows('order_line')).toEqual([]);
    await consumers.drain();
    expect(await projector.status()).toMatchObject([{ applied: 20, duplicates: 0, parked: 0 }, {}, {}, {}]);
  });

  it('both fight for all partitions at once, and each event still counts once', async () => {
    const [one, two] = [await kit.instance(all(), topic), await kit.instance(all(), topic)];
    topic.put(...livesOfOneCustomer(40));
    await Promise.all([one.consumers.drain(undefined, 9), two.consumers.drain(undefined, 13)]);
    expect(await kit.rows('customer_total')).toMatchObject([{ customer_id: 'the-same', orders: 40 }]);
    expect(await kit.rows('status_count')).toContainEqual(expect.objectContaining({ status: 'Ready', orders: '40' }));
    expect(await one.projector.status()).toMatchObject([{ applied: 200, parked: 0 }, {}, {}, {}]);
  });

  it('rows that all of them share add up, without a deadlock', async () => {
    const members = await Promise.all([0, 1, 2, 3].map((partition) => kit.instance(all(), topic, [partition])));
    topic.put(...livesOfOneCustomer(200));
    await Promise.all(members.map(({ consumers }) => consumers.drain(undefined, 5)));
    expect(await kit.rows('customer_total')).toMatchObject([{ customer_id: 'the-same', orders: 200 }]);
    const counts = await kit.rows('status_count');
    expect(counts.map(({ status, orders }) => [status, orders])).toEqual([
      ['Confirmed', '0'],
      ['Created', '0'],
      ['Preparing', '0'],
      ['Ready', '200'],
    ]);
    const { rows } = await kit.pool.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()');
    expect(rows).toEqual([{ deadlocks: '0' }]);
  });

  it('those that start at once begin each generation once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => kit.instance(all(), topic)));
    const { rows } = await kit.pool.query('SELECT projection, state, feed FROM projection_generation ORDER BY 1');
    expect(rows).toEqual(
      ['customer-total', 'order-line', 'status-count', 'status-interval'].map((projection) => ({
        projection,
        state: 'serving',
        feed: 'main',
      })),
    );
  });

  it('a read waits for the version whichever instance applies it', async () => {
    const writer = await kit.instance(all(), topic);
    const reader = await kit.instance(all(), topic, []);
    const order = exampleOrder();
    topic.put(...order.life('OrderCreated', 'OrderConfirmed'));
    const waiting = [
      reader.projector.waitFor(order.orderId, 2, 5_000),
      writer.projector.waitFor(order.orderId, 1, 5_000),
      reader.projector.waitFor(order.orderId, 3, 200),
    ];
    await writer.consumers.drain();
    expect(await Promise.all(waiting)).toEqual([
      { kind: 'visible' },
      { kind: 'visible' },
      { kind: 'not_yet', currentVersion: 2 },
    ]);
  });

  it('a projection added to an app fills from the start without holding up the others', async () => {
    const before = await kit.instance([orderLine()], topic);
    topic.put(...livesOfOneCustomer(4));
    await before.consumers.drain();
    await before.projector.stop();
    const after = await kit.instance([orderLine(), customerTotal], topic);
    expect([...after.consumers.groups.keys()]).toEqual(['spec.main', expect.stringMatching(/^spec\.added-\d+$/)]);
    expect(await after.consumers.drain('spec.main')).toBe(0);
    await after.consumers.drain();
    expect(await kit.rows('customer_total')).toMatchObject([{ orders: 4 }]);
  });
});
