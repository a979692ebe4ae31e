import { expect } from 'vitest';

export type Parked = { orderId: string; projection: string; version: number; reason: string; waiting: number };
export type Released = { released: { projection: string; applied: number; parked: number }[] };

/** All that is parked there (at most 200 orders times projections), newest first. */
export const parkedAt = async (url: string): Promise<Parked[]> =>
  ((await (await fetch(`${url}/parked?limit=200`)).json()) as { items: Parked[] }).items;

/** In every projection where the order is parked. */
export const release = async (url: string, orderId: string, how: 'retry' | 'discard'): Promise<Released> => {
  const response = await fetch(`${url}/parked/${orderId}/${how}`, {
    method: 'POST',
    ...(how === 'discard' && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'put there by a test' }),
    }),
  });
  expect(response.status, `${how} of ${orderId} at ${url}`).toBe(200);
  return (await response.json()) as Released;
};
