import { eventually } from '@orderline/testing';
import { expect } from 'vitest';
import { parkedAt, release } from './parked.ts';
import { stackPlaces, type Place } from './projectors.ts';
import { liveOrder, type Written } from './traffic.ts';

export type Status = {
  name: string;
  version: number;
  generation: number;
  state: 'serving' | 'filling' | 'caught_up' | 'standby';
  lagEvents: number;
  applied: number;
  duplicates: number;
  parked: number;
  comparison: { rows: number; differing: number; differences: unknown[] } | null;
};

/** What a projector says of itself, once it has come to this version of an order. */
export const statusOf = async (url: string, seen?: Written): Promise<Status[]> => {
  const headers = seen && { 'x-order-id': seen.orderId, 'x-event-version': String(seen.version), prefer: 'wait=30' };
  const response = await fetch(`${url}/projections`, headers === undefined ? {} : { headers });
  expect(response.status, `GET ${url}/projections`).toBe(200);
  return ((await response.json()) as { projections: Status[] }).projections;
};

/**
 * Resolves when all that was written so far has gone through the relay and is in every read model. The relay keeps the order
 * of commits, so that the last order on the topic means everything before it.
 */
export const atRest = async (places: readonly Place[] = stackPlaces()): Promise<void> => {
  const last = await liveOrder();
  for (const { name, url } of places) {
    await eventually(
      async () => {
        for (const { name: projection, lagEvents } of await statusOf(url, last)) {
          expect(lagEvents, `records that ${projection} of ${name} has not taken in`).toBe(0);
        }
      },
      { withinMs: 90_000, everyMs: 100 },
    );
  }
};

/**
 * Gives up what other tests have left on the topic that nobody can read: a projector that begins anew meets it too. The
 * stack's own have done so.
 */
export const giveUpUnreadable = async ({ url }: Place): Promise<void> => {
  // As often as an order has records that nobody can read: each discard gives up one of them.
  for (let parked = await parkedAt(url); parked.length > 0; parked = await parkedAt(url)) {
    for (const { reason } of parked) expect(reason).toMatch(/cannot be read|empty value|no key/u);
    for (const orderId of new Set(parked.map((one) => one.orderId))) await release(url, orderId, 'discard');
  }
};
