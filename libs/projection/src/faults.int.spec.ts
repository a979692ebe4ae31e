import { contractSchemas } from '@orderline/contracts';
import { eventually } from '@orderline/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exposeMetrics } from './control/metrics.ts';
import { defineProjection, defineTable, unchanged } from './index.ts';
import { exampleTables, orderLine } from './testing/example-projections.testing.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand, type TopicInHand } from './testing/topic-in-hand.testing.ts';

describe('what may pass is waited for, and what is foreign is refused', () => {
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

  it('holds back while the registry does not answer, and parks nothing', async () => {
    const registry = registryThatIs('away');
    const { consumers, projector } = await kit.instance([orderLine()], topic, { registry });
    topic.put(exampleOrder().next('OrderCreated'));
    const draining = consumers.drain();
    await eventually(() => {
      expect(() => {
        projector.check();
      }).toThrow(/could not be asked for/);
    });
    expect(await projector.status()).toMatchObject([{ applied: 0, parked: 0, lagEvents: 1 }]);
    registry.state = 'up';
    await draining;
    expect(await projector.status()).toMatchObject([{ applied: 1, parked: 0, lagEvents: 0 }]);
  });

  it('goes on without the registry once any instance has seen the schema', async () => {
    const first = await kit.instance([orderLine()], topic);
    topic.put(exampleOrder().next('OrderCreated'));
    await first.consumers.drain();
    await first.projector.stop();
    topic.put(exampleOrder().next('OrderCreated'));
    const second = await kit.instance([orderLine()], topic, { registry: registryThatIs('away') });
    await second.consumers.drain();
    expect(await kit.rows('order_line')).toHaveLength(2);
  });

  it('parks an order whose schema the registry says it does not have', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic);
    const { orderId } = exampleOrder();
    topic.putRaw(0, { key: Buffer.from(orderId), value: Buffer.from([0, 0, 0, 3, 231, 0]) });
    await consumers.drain();
    expect(await projector.parked({ limit: 1 })).toMatchObject([
      { orderId, reason: 'It cannot be read: the registry has no schema 999.' },
    ]);
  });

  it('counts an event type that it does not know, and the order goes on', async () => {
    const registry = registryThatIs('up');
    const { consumers, projector } = await kit.instance([orderLine()], topic, { registry });
    const order = exampleOrder();
    topic.put(order.next('OrderCreated'));
    const unknown = order.next('OrderConfirmed');
    topic.putRaw([...topic.records].find(([, log]) => log.length > 0)?.[0] ?? 0, {
      key: Buffer.from(order.orderId),
      value: Buffer.concat([Buffer.from([0, 0, 0, 3, 200]), Buffer.from([2])]),
      headers: { 'event-version': '2', ce_id: unknown.eventId },
    });
    topic.put(order.next('OrderPreparing'));
    await consumers.drain();
    expect(await kit.rows('order_line')).toMatchObject([{ version: 3, status: 'Preparing' }]);
    expect(await projector.status()).toMatchObject([{ applied: 3, parked: 0 }]);
    expect(projector.passedOver()).toEqual([{ feed: 'main', why: 'unknown_type', records: 1 }]);
  });

  it('counts what has no value, and what is of an unknown type and has no place in its order', async () => {
    const { consumers, projector } = await kit.instance([orderLine()], topic, { registry: registryThatIs('up') });
    const key = Buffer.from(exampleOrder().orderId);
    topic.putRaw(0, { key, value: null });
    topic.putRaw(0, { key, value: Buffer.from([0, 0, 0, 3, 200, 2]) });
    topic.putRaw(0, { key: null, value: null });
    await consumers.drain();
    expect(projector.passedOver()).toEqual([
      { feed: 'main', why: 'no_value', records: 2 },
      { feed: 'main', why: 'unknown_type', records: 1 },
    ]);
    const metrics = new Registry();
    exposeMetrics(projector, metrics);
    await metrics.metrics();
    expect(await metrics.metrics()).toContain(
      'orderline_projection_passed_over_records_total{feed="main",why="no_value"} 2',
    );
  });

  it.each([
    ['made anew with other events', () => topicInHand(), /holds event .* where .* was read before/],
    ['truncated', () => topicInHand(3), /the log ends at 0/],
  ])('refuses a topic that was %s', async (what, other, message) => {
    const first = await kit.instance([orderLine()], topic);
    const order = exampleOrder({ orderId: '00000000-0000-4000-8000-000000000000' });
    topic.put(...order.life('OrderCreated', 'OrderConfirmed'));
    await first.consumers.drain();
    const foreign = other();
    if (what.startsWith('made')) {
      foreign.put(...exampleOrder({ orderId: order.orderId }).life('OrderCreated', 'OrderConfirmed', 'OrderPreparing'));
    }
    const second = await kit.instance([orderLine()], foreign);
    await expect(second.consumers.drain()).rejects.toThrow(message);
    await expect(second.consumers.drain()).rejects.toMatchObject({ code: 'foreign_topic', retriable: false });
  });

  it('says which column of a table is not as declared', async () => {
    const wrong = defineProjection({
      name: 'wrong',
      version: 1,
      table: defineTable({
        name: 'revenue',
        key: ['currency'],
        columns: { currency: 'text', received: 'integer', refundedMinor: 'bigint' },
      }),
      key: ({ orderId }) => orderId,
      on: {
        OrderCreated: (_, { currency }) => ({ currency, received: 0, refundedMinor: 0 }),
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
    await expect(kit.instance([wrong], topic)).rejects.toThrow(
      'received is bigint where integer is declared; refunded_minor is missing where bigint is declared',
    );
  });
});

const registryThatIs = (initial: 'up' | 'away') => {
  const unknownType = JSON.stringify({ type: 'record', name: 'shop.Gift', fields: [{ name: 'size', type: 'int' }] });
  const registry = {
    state: initial,
    schemaById: (id: number): Promise<string> => {
      if (registry.state === 'away') return Promise.reject(new Error('no answer'));
      return Promise.resolve(id === 968 ? unknownType : (contractSchemas[id - 1]?.schema ?? ''));
    },
  };
  return registry;
};
