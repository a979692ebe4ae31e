import { eventually } from '@orderline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { customerTotal, exampleTables, orderLine, statusCount } from './testing/example-projections.testing.ts';
import { exampleOrder } from './testing/example-order.testing.ts';
import { openKit, type Kit } from './testing/open-kit.testing.ts';
import { topicInHand, type DrivenConsumers, type TopicInHand } from './testing/topic-in-hand.testing.ts';
import type { Projector } from './projector.ts';

const LIFE = ['OrderCreated', 'OrderItemAdded', 'OrderConfirmed', 'OrderPreparing', 'OrderReady'] as const;
const lives = (count: number) => Array.from({ length: count }, () => exampleOrder().life(...LIFE)).flat();

describe('a rebuild beside the serving generation', () => {
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

  const generationOf = async (projector: Projector, state: string) =>
    (await projector.status()).find((status) => status.name === 'order-line' && status.state === state);

  /** Fills until the comparison was made, while `traffic` goes on. */
  const fill = async (projector: Projector, consumers: DrivenConsumers, traffic = (): void => undefined) => {
    await projector.rebuild('order-line');
    return eventually(async () => {
      traffic();
      await consumers.drain(undefined, 20);
      const filled = await generationOf(projector, 'caught_up');
      expect(filled).toBeDefined();
      return filled!;
    });
  };
  const served = async (): Promise<unknown[]> =>
    (
      await kit.pool.query<object>(
        `SELECT order_id, version, status FROM order_line WHERE generation = serving_generation('order-line') ORDER BY 1`,
      )
    ).rows;

  it('that is dropped after it was found equal leaves behind when that was; one that differs does not', async () => {
    const { projector, consumers } = await kit.instance([orderLine(), statusCount], topic);
    topic.put(...lives(3));
    await consumers.drain();
    expect((await generationOf(projector, 'serving'))?.verifiedAt).toBeNull();
    const equal = await fill(projector, consumers);
    await projector.drop('order-line');
    expect(await generationOf(projector, 'serving')).toMatchObject({
      verifiedAt: equal.verifiedAt,
      comparison: { differing: 0 },
    });
    await kit.pool.query(
      `UPDATE order_line SET version = version + 1 WHERE generation = serving_generation('order-line')`,
    );
    const differing = await fill(projector, consumers);
    expect(differing.comparison?.differing).toBe(3);
    await projector.drop('order-line');
    expect((await generationOf(projector, 'serving'))?.verifiedAt).toEqual(equal.verifiedAt);
  });

  it('comes to the same rows under traffic, takes over, keeps the old one fresh, and goes back', async () => {
    const { projector, consumers } = await kit.instance([orderLine(), statusCount], topic);
    topic.put(...lives(30));
    await consumers.drain();
    const first = await generationOf(projector, 'serving');
    const filled = await fill(projector, consumers, () => {
      topic.put(...lives(1));
    });
    expect(filled.comparison).toMatchObject({ differing: 0, differences: [] });
    expect(filled.verifiedAt).toBeInstanceOf(Date);

    const before = await served();
    await projector.swap('order-line');
    expect((await generationOf(projector, 'serving'))?.generation).toBe(filled.generation);
    expect(await served()).toEqual(before);

    topic.put(...lives(3));
    await consumers.drain();
    const after = await served();
    expect(after).toHaveLength(before.length + 3);
    await projector.rollback('order-line');
    expect((await generationOf(projector, 'serving'))?.generation).toBe(first?.generation);
    expect(await served()).toEqual(after);

    await projector.drop('order-line');
    expect((await projector.status()).map(({ name, state }) => [name, state])).toEqual([
      ['order-line', 'serving'],
      ['status-count', 'serving'],
    ]);
    const { rows } = await kit.pool.query(`SELECT FROM pg_class WHERE relname LIKE 'order_line_g%' AND relkind = 'r'`);
    expect(rows).toHaveLength(1);
  });

  it('names the rows that differ, with the event behind each, and does not take over by itself', async () => {
    const { projector, consumers } = await kit.instance([orderLine()], topic);
    const order = exampleOrder();
    const events = order.life(...LIFE);
    topic.put(...lives(3), ...events);
    await consumers.drain();
    await kit.pool.query(`UPDATE order_line SET status = 'Lost' WHERE order_id = $1`, [order.orderId]);
    const { comparison } = await fill(projector, consumers);
    expect(comparison).toMatchObject({
      rows: 4,
      differing: 1,
      differences: [
        {
          key: { orderId: order.orderId },
          serving: { status: 'Lost' },
          candidate: { status: 'Ready' },
          orderVersion: 5,
          eventId: events[4]?.eventId,
        },
      ],
    });
    await expect(projector.swap('order-line')).rejects.toMatchObject({ code: 'rows_differ' });
    await projector.swap('order-line', { acceptDifferences: true });
    expect(await served()).toContainEqual({ order_id: order.orderId, version: 5, status: 'Ready' });
  });

  it('is safe when asked twice, and refuses steps out of turn', async () => {
    const { projector, consumers } = await kit.instance([orderLine()], topic);
    topic.put(...lives(2));
    await consumers.drain();
    await Promise.all([projector.rebuild('order-line'), projector.rebuild('order-line')]);
    expect(await projector.status()).toHaveLength(2);
    await expect(projector.swap('order-line')).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(projector.rollback('order-line')).rejects.toMatchObject({ code: 'wrong_state' });
    await expect(projector.rebuild('nothing')).rejects.toMatchObject({ code: 'unknown_projection' });
    await fill(projector, consumers);
    await projector.swap('order-line');
    await expect(projector.rebuild('order-line')).rejects.toMatchObject({ code: 'rebuild_under_way' });
    await projector.drop('order-line');
    await expect(projector.drop('order-line')).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('goes on after the instance that began it was killed', async () => {
    const first = await kit.instance([orderLine()], topic);
    topic.put(...lives(20));
    await first.consumers.drain();
    await first.projector.rebuild('order-line');
    const group = [...first.consumers.groups.keys()].find((id) => id !== 'spec.main');
    await first.consumers.groups.get(group ?? '')?.assign();
    await first.projector.stop();
    const second = await kit.instance([orderLine()], topic);
    const filled = await fill(second.projector, second.consumers);
    expect(filled.comparison).toMatchObject({ rows: 20, differing: 0 });
  });

  it('does not take over from further behind, and then holds nobody up', async () => {
    const { projector, consumers } = await kit.instance([orderLine()], topic);
    topic.put(...lives(2));
    await consumers.drain();
    await fill(projector, consumers);
    topic.put(...lives(2));
    await consumers.drain('spec.main');
    await expect(projector.swap('order-line')).rejects.toMatchObject({ code: 'not_level', retriable: true });
    await consumers.drain();
    expect(await served()).toHaveLength(4);
  }, 20_000);

  it('fills a new version beside the old one, which goes on to serve until the swap', async () => {
    const old = await kit.instance([orderLine()], topic);
    topic.put(...lives(3));
    await old.consumers.drain();
    const fresh = await kit.instance([orderLine({ broken: false }, 2), customerTotal], topic);
    topic.put(...lives(2));
    await Promise.all([old.consumers.drain(), fresh.consumers.drain()]);
    expect(await served()).toHaveLength(5);
    await eventually(async () => {
      expect(await generationOf(fresh.projector, 'caught_up')).toMatchObject({ version: 2, lagEvents: 0 });
    });
    await fresh.projector.swap('order-line');
    expect(await generationOf(fresh.projector, 'serving')).toMatchObject({ version: 2 });
    expect(await served()).toHaveLength(5);
  });

  it('takes no partition from a version that it does not know, though they share other projections', async () => {
    const old = await kit.instance([orderLine(), statusCount], topic);
    topic.put(...lives(3));
    await old.consumers.drain();
    const fresh = await kit.instance([orderLine({ broken: false }, 2), statusCount], topic);
    topic.put(...lives(2));
    await fresh.consumers.drain('spec.main');
    await eventually(async () => {
      for (const group of old.consumers.groups.keys()) if (group !== 'spec.main') await old.consumers.drain(group);
      expect(await served()).toHaveLength(5);
    });
  });

  it('an older build that starts late finds a newer version serving and fills nothing', async () => {
    await kit.instance([orderLine({ broken: false }, 2)], topic);
    const late = await kit.instance([orderLine()], topic);
    expect((await late.projector.status()).map(({ version, state }) => [version, state])).toEqual([[2, 'serving']]);
  });
});
