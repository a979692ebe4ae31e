import { z } from 'zod';
import { summary, type Restaurants, type Summary } from '../order-shapes.ts';
import type { Upstream } from '../upstream/upstream.ts';

const page = z.object({ items: z.array(summary) });
const newest = 200;

/** Those of the newest 200 orders, the one with the newest order first. */
export const listRestaurants = async (summaries: Upstream): Promise<Restaurants> => {
  const { items } = await summaries.ask(page, `/orders?limit=${newest}`);
  return { items: restaurantsOf(items), away: [] };
};

/** Of orders, newest first. */
const restaurantsOf = (orders: readonly Summary[]): Restaurants['items'] => {
  const found = new Map<string, Restaurants['items'][number]>();
  for (const { restaurantId, createdAt } of orders) {
    const known = found.get(restaurantId);
    if (known === undefined) found.set(restaurantId, { restaurantId, recentOrders: 1, lastOrderAt: createdAt });
    else known.recentOrders += 1;
  }
  return [...found.values()];
};
