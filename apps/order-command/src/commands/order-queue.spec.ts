import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';
import { OrderQueue } from './order-queue.ts';

const gate = () => Promise.withResolvers<undefined>();

describe('the queue of an order', () => {
  it('runs one after the other on one order and side by side on two', async () => {
    const queue = new OrderQueue(10);
    const [first, done] = [gate(), [] as string[]];
    const work = [
      queue.run('a', () => first.promise.then(() => done.push('a1'))),
      queue.run('a', () => Promise.resolve(done.push('a2'))),
      queue.run('b', () => Promise.resolve(done.push('b1'))),
    ];
    await work[2];
    expect(done).toEqual(['b1']);
    first.resolve(undefined);
    await Promise.all(work);
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('goes on after work that failed', async () => {
    const queue = new OrderQueue(10);
    const failing = queue.run('a', () => Promise.reject(new Error('no')));
    const next = queue.run('a', () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });

  it('refuses what would wait too long, at once, and takes work again afterwards', async () => {
    const queue = new OrderQueue(2);
    const first = gate();
    const inside = [queue.run('a', () => first.promise), queue.run('a', () => Promise.resolve(undefined))];
    await expect(queue.run('a', () => Promise.resolve(undefined))).rejects.toMatchObject({
      status: 429,
      code: 'too_busy',
      details: { headers: { 'retry-after': '1' } },
    });
    await expect(queue.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
    first.resolve(undefined);
    await Promise.all(inside);
    await expect(queue.run('a', () => Promise.resolve('a'))).resolves.toBe('a');
  });
});

describe('admission', () => {
  it('lets in so many at once and no more', async () => {
    const admission = new Admission(1);
    const first = gate();
    const inside = admission.run(() => first.promise);
    await expect(admission.run(() => Promise.resolve(1))).rejects.toMatchObject({ status: 429, code: 'too_busy' });
    first.resolve(undefined);
    await inside;
    await expect(admission.run(() => Promise.resolve(1))).resolves.toBe(1);
    expect(admission.size).toBe(0);
  });
});
