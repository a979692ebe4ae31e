import { invalidRequest } from '@orderline/service-host';
import { z } from 'zod';
import { changesBetween } from '../difference/changes-between.ts';
import { queryOf } from '../http/ids.ts';
import { order, orderEvent, type Difference, type Order } from '../order-shapes.ts';
import type { Upstream } from '../upstream/upstream.ts';

const version = z.coerce.number().int().min(0).max(1_000_000_000);
export const differenceQuery = z.strictObject({ from: version, to: version });

const eventsPage = z.object({ items: z.array(orderEvent), next: z.string().nullable() });
const mostEvents = 200;

/** What the versions after `from` up to `to` made of the order, and which events they were: the first 200 of them. */
export const readDifference = async (
  command: Upstream,
  orderId: string,
  { from, to }: z.output<typeof differenceQuery>,
): Promise<Difference> => {
  if (from > to) throw invalidRequest([{ path: '/from', message: 'must not be above to' }]);
  const stateAt = (at: number): Promise<Order | undefined> =>
    at === 0 ? Promise.resolve(undefined) : command.ask(order, `/orders/${orderId}${queryOf({ version: at })}`);
  const limit = Math.min(to - from, mostEvents);
  const [before, after, events] = await Promise.all([
    stateAt(from),
    stateAt(to),
    limit === 0 ? nothing : command.ask(eventsPage, `/orders/${orderId}/events${queryOf({ after: from, limit })}`),
  ]);
  return {
    ...{ orderId, from, to },
    changes: changesBetween(before && withoutClock(before), after && withoutClock(after)),
    events: events.items.map(({ version: at, type, recordedAt }) => ({ version: at, type, recordedAt })),
  };
};

const nothing = { items: [], next: null };

/** These differ between any two versions. */
const clock = new Set(['version', 'updatedAt']);
const withoutClock = (state: Order): object =>
  Object.fromEntries(Object.entries(state).filter(([name]) => !clock.has(name)));
