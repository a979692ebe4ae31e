import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defineProjection, defineTable, unchanged } from './index.ts';
import { exampleTables, orderLine } from './testing/example-projections.testing.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand, type TopicInHand } from './testing/topic-in-hand.testing.ts';

const strictTables = `
  CREATE TABLE cart (generation integer NOT NULL, order_id uuid NOT NULL, label text NOT NULL, total_minor bigint NOT NULL,
    PRIMARY KEY (generation, order_id)) PARTITION BY LIST (generation);
  CREATE INDEX cart_label ON cart (generation, label);
  CREATE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'total % refused at commit', NEW.total_minor; END $$;
  CREATE CONSTRAINT TRIGGER refused_late AFTER INSERT ON cart DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.total_minor = 13) EXECUTE FUNCTION refuse_late();
  GRANT SELECT, INSERT, UPDATE, DELETE ON cart TO order_summary_app;`;

const tooLongForAnIndex = randomBytes(6_000).toString('base64');

/** A read model that refuses some values in ways of its own. */
const cart = defineProjection({
  name: 'cart',
  version: 1,
  table: defineTable({
    name: 'cart',
    key: ['orderId'],
    columns: { orderId: 'uuid', label: 'text', totalMinor: 'bigint' },
  }),
  key: ({ orderId }) => orderId,
  on: {
    OrderCreated: (_, { orderId, totalMinor, customerId }) => ({
      orderId,
      label: customerId === 'long' ? tooLongForAnIndex : customerId,
      totalMinor,
    }),
    OrderItemAdded: unchanged,
    OrderItemRemoved: unchanged,
    OrderUpdated: unchanged,
    PaymentReceived: unchanged,
    PaymentRefunded: unchanged,
    OrderConfirmed: unchanged,
    OrderPreparing: unchanged,
    OrderReady: unchanged,
    OrderOutForDelivery: unchanged,
    OrderDelivered: unchanged,
    OrderCancelled: unchanged,
  },
});

describe('no record stops another order, whatever is odd about it', () => {
  let kit: Kit;
  let topic: TopicInHand;
  beforeAll(async () => {
    kit = await openKit(exampleTables + strictTables);
  });
  afterAll(() => kit.close());
  beforeEach(async () => {
    await kit.empty();
    topic = topicInHand(1);
  });
  const parked = async (projector: {
    parked(page: { limit: number }): Promise<{ orderId: string; reason: string }[]>;
  }) => (await projector.parked({ limit: 10 })).map(({ orderId, reason }) => ({ orderId, reason }));
  const reasonLike = (text: string): string => expect.stringContaining(text) as string;

  it.each([
    ['after the year 9999', 1_768_485_600_000_000],
    ['that no calendar has', 9_223_372_036_854_775_807],
    ['before the year 1', -9_000_000_000_000_000],
  ])('a time %s', async (_, timestamp) => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const [odd, other] = [exampleOrder(), exampleOrder()];
    const events = topicInHand(1);
    events.put(odd.next('OrderCreated'));
    topic.putRaw(0, { ...events.records.get(0)?.[0], timestamp });
    topic.put(odd.next('OrderConfirmed'));
    topic.put(other.next('OrderCreated'));
    topic.putRaw(0, { ...events.records.get(0)?.[0], value: null, timestamp });
    await consumers.drain();
    const reason = reasonLike('is no time that can be kept');
    expect(await parked(projector)).toEqual([{ orderId: odd.orderId, reason }]);
    expect(await kit.rows('order_line')).toMatchObject([{ order_id: other.orderId }]);
    expect(await projector.status()).toMatchObject([{ lagEvents: 0, parked: 1 }]);
    expect(await projector.release(odd.orderId)).toMatchObject([{ applied: 0, parked: 2 }]);
  });

  it('an event id that no column holds, in the last record before a restart', async () => {
    const first = await kit.instance([orderLine()], topic);
    const [odd, other] = [exampleOrder(), exampleOrder()];
    topic.put(other.next('OrderCreated'));
    topic.putRaw(0, { key: Buffer.from(odd.orderId), value: Buffer.from('garbage'), headers: { ce_id: 'a\0"{,' } });
    await first.consumers.drain();
    await first.projector.stop();
    topic.put(other.next('OrderConfirmed'));
    const second = await kit.instance([orderLine()], topic);
    await second.consumers.drain();
    expect(await kit.rows('order_line')).toMatchObject([{ order_id: other.orderId, status: 'Confirmed' }]);
    expect(await parked(second.projector)).toMatchObject([{ orderId: odd.orderId }]);
  });

  it.each([
    ['is too long for an index of the table', { customerId: 'long' }, 'index row'],
    ['a deferred constraint refuses', { totalMinor: 13 }, 'total 13 refused at commit'],
  ])('a value that %s', async (_, fields, reason) => {
    const { consumers, projector } = await kit.instance([cart], topic);
    const [odd, before, after] = [exampleOrder(), exampleOrder(), exampleOrder()];
    topic.put(before.next('OrderCreated'), odd.next('OrderCreated', fields), after.next('OrderCreated'));
    await consumers.drain();
    expect(await parked(projector)).toEqual([{ orderId: odd.orderId, reason: reasonLike(reason) }]);
    expect(await kit.rows('cart')).toHaveLength(2);
  });
});
