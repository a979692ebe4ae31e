import { sqlState, type Queryable } from '@orderline/postgres';
import { isProjectionError } from '../projection-error.ts';
import { applyArrivals, reasonOf, type Applied, type Target } from './apply-arrivals.ts';
import type { Arrival } from './arrival.ts';

/**
 * True for a fault that some event's own values cause, so that others can be applied without it: a value the column does
 * not take (class 22), a constraint (23), a trigger of the app (P0001), a row too long for an index (54000), two rows that
 * the database takes for one (21000), or a value that cannot be written at all.
 */
export const isFaultOfAnEvent = (error: unknown): boolean =>
  isProjectionError(error, 'poison') ||
  error instanceof RangeError ||
  /^(22|23|P0001|54000|21000)/.test(sqlState(error) ?? '');

/**
 * As applyArrivals, for a batch that the database refused: halves it, orders kept whole, until the events at fault stand
 * alone and are parked. Costs about twice the logarithm of the batch for each of them.
 */
export const applyIsolating = async (
  client: Queryable,
  target: Target,
  arrivals: readonly Arrival[],
): Promise<Applied> => {
  await client.query('SAVEPOINT part');
  try {
    const outcome = await applyArrivals(client, target, arrivals);
    // What a table would refuse only at the commit, it has to refuse here, while it can be told which event it was.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED');
    await client.query('RELEASE SAVEPOINT part');
    return outcome;
  } catch (error) {
    if (!isFaultOfAnEvent(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT part');
    await client.query('RELEASE SAVEPOINT part');
    const [only] = arrivals;
    if (arrivals.length === 1 && only !== undefined) {
      return applyArrivals(client, target, [asUnreadable(only, reasonOf(error))]);
    }
    const [first, second] = halves(arrivals);
    return sum(await applyIsolating(client, target, first), await applyIsolating(client, target, second));
  }
};

const asUnreadable = (arrival: Arrival, reason: string): Arrival => ({
  ...arrival,
  content: { kind: 'unreadable', reason, version: arrival.content.version, eventId: arrival.content.eventId },
});

/** By orders; the events of a single order by their sequence. */
const halves = (arrivals: readonly Arrival[]): [Arrival[], Arrival[]] => {
  const orderIds = [...new Set(arrivals.map(({ orderId }) => orderId))];
  if (orderIds.length === 1) {
    const middle = arrivals.length >> 1;
    return [arrivals.slice(0, middle), arrivals.slice(middle)];
  }
  const firstHalf = new Set(orderIds.slice(0, orderIds.length >> 1));
  return [
    arrivals.filter(({ orderId }) => firstHalf.has(orderId)),
    arrivals.filter(({ orderId }) => !firstHalf.has(orderId)),
  ];
};

const sum = (a: Applied, b: Applied): Applied => ({
  applied: a.applied + b.applied,
  duplicates: a.duplicates + b.duplicates,
  parked: a.parked + b.parked,
  filled: [...a.filled, ...b.filled],
});
