import { describe, expect, it } from 'vitest';
import type { AppendRequest } from '../append-request.ts';
import { appendOf, newId } from '../testing/orders-database.ts';
import { createAppender, type AppenderLimits } from './appender.ts';
import type { Settled } from './flush.ts';

const limits: AppenderLimits = { flushesInFlight: 1, appendsPerFlush: 4, bytesPerFlush: 1_000_000 };

/** A flush that is over when the spec says so. */
const heldFlush = () => {
  const groups: { orders: string[]; finish: () => void }[] = [];
  const flush = (requests: readonly AppendRequest[]) =>
    new Promise<readonly Settled[]>((resolve) => {
      const appended: Settled = { ok: true, outcome: { outcome: 'appended', version: 1, recordedAt: [1] } };
      groups.push({
        orders: requests.map(({ orderId }) => orderId),
        finish: () => resolve(requests.map(() => appended)),
      });
    });
  return { groups, flush };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));
const turns = async () => {
  for (let n = 0; n < 4; n += 1) await turn();
};

describe('the appender', () => {
  it('flushes a lone append at once', async () => {
    const { groups, flush } = heldFlush();
    const append = createAppender(flush, limits);
    const one = append(appendOf(newId(), 0));
    await turn();
    expect(groups).toHaveLength(1);
    groups[0]?.finish();
    expect(await one).toMatchObject({ outcome: 'appended' });
  });

  it('gathers what comes while a flush is under way, oldest first, and no more than the limit', async () => {
    const { groups, flush } = heldFlush();
    const append = createAppender(flush, limits);
    const ids = Array.from({ length: 7 }, () => newId());
    void append(appendOf(ids[0]!, 0));
    await turns();
    for (const id of ids.slice(1)) void append(appendOf(id, 0));
    await turns();
    expect(groups).toHaveLength(1);
    groups[0]?.finish();
    await turns();
    groups[1]?.finish();
    await turns();
    expect(groups.map(({ orders }) => orders)).toEqual([ids.slice(0, 1), ids.slice(1, 5), ids.slice(5)]);
  });

  it('takes no more payload into a flush than the limit, yet always one append', async () => {
    const { groups, flush } = heldFlush();
    const append = createAppender(flush, { ...limits, bytesPerFlush: 12 });
    for (let n = 0; n < 3; n += 1) void append(appendOf(newId(), 0));
    await turns();
    expect(groups.map(({ orders }) => orders.length)).toEqual([2]);
  });

  it('never has two appends to one order, or under one key, under way', async () => {
    const { groups, flush } = heldFlush();
    const append = createAppender(flush, { ...limits, flushesInFlight: 2 });
    const [order, other, third] = [newId(), newId(), newId()];
    const receipt = { key: 'k', fingerprint: 'f', status: 200 };
    void append(appendOf(order, 0));
    void append(appendOf(order, 1));
    void append({ ...appendOf(other, 0), receipt });
    void append({ ...appendOf(third, 0), receipt });
    await turns();
    expect(groups.map(({ orders }) => orders)).toEqual([[order, other]]);
    groups[0]?.finish();
    await turns();
    expect(groups.map(({ orders }) => orders)).toEqual([
      [order, other],
      [order, third],
    ]);
  });

  it('starts a second flush while the first waits, and no third', async () => {
    const { groups, flush } = heldFlush();
    const append = createAppender(flush, { ...limits, flushesInFlight: 2 });
    for (let n = 0; n < 3; n += 1) {
      void append(appendOf(newId(), 0));
      await turns();
    }
    expect(groups).toHaveLength(2);
  });

  it('answers everybody with the reason when a flush itself breaks, and goes on', async () => {
    let broken = true;
    const append = createAppender((requests) => {
      if (broken) return Promise.reject(new Error('broken'));
      return Promise.resolve(requests.map(() => ({ ok: false, error: new Error('refused') })));
    }, limits);
    const both = [append(appendOf(newId(), 0)), append(appendOf(newId(), 0))];
    for (const one of both) await expect(one).rejects.toThrow('broken');
    broken = false;
    await expect(append(appendOf(newId(), 0))).rejects.toThrow('refused');
  });
});
