import { averageLife, startLoadProcess, type RemoteLoad } from '@orderline/load';

const trade = { customers: 100_000, restaurants: 1_000, skew: 0.8 };
const [openOrders, connections] = [2_000, 512];

/** Orders of a delivery service over HTTP, so many that about `rate` events a second come of it, from a process of its own. */
export const steadyOrders = (commandUrl: string, rate: number): RemoteLoad => {
  const { events, commands } = averageLife();
  const ratePerSecond = (rate * commands) / events;
  return startLoadProcess({ commandUrl, ratePerSecond, seed: 1, trade, openOrders, connections });
};
