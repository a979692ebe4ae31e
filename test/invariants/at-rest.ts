import { eventually } from '@orderline/testing';
import { expect } from 'vitest';
import { stackPlaces, type Place } from './projectors.ts';
import { liveOrder, type Written } from './traffic.ts';

export type Status = {
  name: string;
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

type Parked = { items: { orderId: string; reason: string }[] };

/**
 * Gives up what other tests have left on the topic that nobody can read: a projector that begins anew meets it too. The
 * stack's own have done so.
 */
export const giveUpUnreadable = async ({ url }: Place): Promise<void> => {
  const parked = async (): Promise<Parked['items']> =>
    ((await (await fetch(`${url}/parked?limit=200`)).json()) as Parked).items;
  for (const { orderId, reason } of await parked()) {
    expect(reason).toMatch(/cannot be read|empty value|no key/u);
    await fetch(`${url}/parked/${orderId}/discard`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'left by another test' }),
    });
  }
  expect(await parked()).toEqual([]);
};
