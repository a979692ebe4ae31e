import { invalidRequest } from '@orderline/service-host';
import { z } from 'zod';
import { queryOf } from '../http/ids.ts';
import { counts, status, type CountsSeries, type OrdersAt } from '../shapes.ts';
import type { Upstream } from '../upstream/upstream.ts';

const instant = z.iso.datetime({ offset: true });

export const seriesQuery = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  points: z.coerce.number().int().min(2).max(200).default(60),
});

export const listQuery = z.strictObject({
  at: instant.optional(),
  status,
  after: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

const countsThen = z.object({ at: z.iso.datetime(), counts });
const ordersThen = z.object({
  items: z.array(z.object({ orderId: z.string(), since: z.iso.datetime() })),
  next: z.string().nullable(),
});

const hourMs = 3_600_000;
const atOnce = 6;

/** Counts per status at evenly spread instants, both ends included; the last hour where nothing is said. */
export const readSeries = async (
  analytics: Upstream,
  { from, to, points }: z.output<typeof seriesQuery>,
): Promise<CountsSeries> => {
  // A moment ago: this machine's clock may be ahead of the projector's, which refuses the future.
  const now = Date.now() - 1_000;
  const end = Math.min(to === undefined ? now : Date.parse(to), now);
  const start = from === undefined ? end - hourMs : Date.parse(from);
  if (start >= end) throw invalidRequest([{ path: '/from', message: 'must be before to, and in the past' }]);
  const instants = spread(start, end, points);
  const found: CountsSeries['points'] = [];
  for (let at = 0; at < instants.length; at += atOnce) {
    const asked = instants.slice(at, at + atOnce).map((then) => analytics.ask(countsThen, `/status-counts?at=${then}`));
    found.push(...(await Promise.all(asked)));
  }
  return { from: instants[0] ?? '', to: instants.at(-1) ?? '', points: found, away: [] };
};

/** Evenly from `start` to `end`, epoch milliseconds, as RFC 3339. */
export const spread = (start: number, end: number, points: number): string[] =>
  Array.from({ length: points }, (_, at) =>
    new Date(Math.round(start + ((end - start) * at) / (points - 1))).toISOString(),
  );

/** The orders that were in a status at an instant, shortest in it first, and how many were in which. */
export const readOrdersAt = async (
  analytics: Upstream,
  { at = new Date(Date.now() - 1_000).toISOString(), status: wanted, after, limit }: z.output<typeof listQuery>,
): Promise<OrdersAt> => {
  const [page, then] = await Promise.all([
    analytics.ask(ordersThen, `/status-counts${queryOf({ at, status: wanted, after, limit })}`),
    analytics.ask(countsThen, `/status-counts${queryOf({ at })}`),
  ]);
  return { at: then.at, status: wanted, counts: then.counts, items: page.items, next: page.next, away: [] };
};
