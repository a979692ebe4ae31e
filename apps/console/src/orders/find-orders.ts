import { RequestRefused } from '@orderline/service-host';
import { z } from 'zod';
import { idParam, orderIdParam, queryOf } from '../http/ids.ts';
import { order, summary, type Order, type Orders, type Summary } from '../order-shapes.ts';
import { status } from '../shapes.ts';
import { orAway } from '../upstream/ask-all.ts';
import { PartAway } from '../upstream/part-away.ts';
import type { Upstream } from '../upstream/upstream.ts';

export const ordersQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  status: status.optional(),
  customerId: idParam.optional(),
  restaurantId: idParam.optional(),
  after: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type OrdersQuery = z.output<typeof ordersQuery>;

const page = z.object({ items: z.array(summary), next: z.string().nullable() });

type Searched = { readonly summaries: Upstream; readonly command: Upstream };

/** Newest first; what is typed into the search field is an order's id, or a customer's or a restaurant's. */
export const findOrders = async (searched: Searched, { q, ...filter }: OrdersQuery): Promise<Orders> => {
  if (q === undefined || q === '')
    return { ...(await searched.summaries.ask(page, `/orders${queryOf(filter)}`)), away: [] };
  if (orderIdParam.safeParse(q.toLowerCase()).success) return findById(searched, q.toLowerCase());
  if (!idParam.safeParse(q).success) return { items: [], next: null, away: [] };
  const pages = await Promise.all([
    searched.summaries.ask(page, `/orders${queryOf({ ...filter, customerId: q })}`),
    searched.summaries.ask(page, `/orders${queryOf({ ...filter, restaurantId: q })}`),
  ]);
  const items = pages.flatMap((one) => one.items).toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  return { items, next: null, away: [] };
};

/** The write side knows orders that the read model does not have yet, and answers while it is away. */
const findById = async ({ summaries, command }: Searched, orderId: string): Promise<Orders> => {
  const found = await orAway(summaries.ask(summary, `/orders/${orderId}`).catch(undefinedWhere404));
  const away = found instanceof PartAway ? [found.away] : [];
  if (found !== undefined && !(found instanceof PartAway)) return { items: [found], next: null, away };
  const written = await command.ask(order, `/orders/${orderId}`).catch(undefinedWhere404);
  return { items: written ? [toSummary(written)] : [], next: null, away };
};

const undefinedWhere404 = (error: unknown): undefined => {
  if (error instanceof RequestRefused && error.status === 404) return undefined;
  throw error;
};

const toSummary = ({ items, ...written }: Order): Summary =>
  summary.parse({ ...written, itemCount: items.reduce((pieces, { quantity }) => pieces + quantity, 0) });
