import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '@orderline/event-store';
import { newOrder } from '../orders/sample-order.ts';

/** When an append was answered (epoch ms), by the id of its event. */
export type Commits = ReadonlyMap<string, number>;

/** With so many under way the store does not keep up, and there is no delay to measure. */
const mostUnderWay = 5_000;

/**
 * New orders at a rate that does not wait for answers (exponential gaps), each to the next of the stores. Throws when one is
 * refused, or the stores fall behind.
 */
export const appendSteadily = async (
  stores: readonly EventStore[],
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Commits> => {
  const commits = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let fault: unknown;
  const append = async (store: EventStore): Promise<void> => {
    const order = newOrder();
    await store.append(order);
    for (const { eventId } of order.events) commits.set(eventId, epochNow());
  };
  const end = performance.now() + seconds * 1_000;
  let dueAt = performance.now();
  for (let nth = 0; dueAt < end; nth += 1) {
    const store = stores[nth % stores.length];
    if (dueAt > performance.now()) await pause(dueAt - performance.now());
    if (store === undefined || underWay.size > mostUnderWay) throw new Error(`${rate} appends/s are too many`);
    const work = append(store).catch((error: unknown) => (fault ??= error));
    const settled = work.then(() => void underWay.delete(settled));
    underWay.add(settled);
    dueAt += (-Math.log(1 - Math.random()) * 1_000) / rate;
  }
  await Promise.all(underWay);
  if (fault !== undefined) throw new Error('an append failed', { cause: fault });
  return commits;
};

/** Finer than Date.now(). */
export const epochNow = (): number => performance.timeOrigin + performance.now();
