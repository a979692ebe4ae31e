import type { Queryable } from '@orderline/postgres';
import { z } from 'zod';
import type { DayRange } from '../day-range.ts';

const count = z.int();

export const funnelAnswer = z
  .object({
    created: count,
    confirmed: count,
    preparing: count,
    ready: count,
    outForDelivery: count,
    delivered: count,
    cancelled: count,
  })
  .meta({ id: 'Funnel' });

export type Funnel = z.output<typeof funnelAnswer>;

const text = `
  SELECT coalesce(sum(created), 0) AS created, coalesce(sum(confirmed), 0) AS confirmed,
    coalesce(sum(preparing), 0) AS preparing, coalesce(sum(ready), 0) AS ready,
    coalesce(sum(out_for_delivery), 0) AS "outForDelivery", coalesce(sum(delivered), 0) AS delivered,
    coalesce(sum(cancelled), 0) AS cancelled
  FROM funnel
  WHERE generation = serving_generation('funnel') AND day >= $1 AND day < $2`;

/** Of the orders created in these UTC days, how many ever got to each status. */
export const readFunnel = async (client: Queryable, { from, to }: DayRange): Promise<Funnel> => {
  const { rows } = await client.query<Record<keyof Funnel, string>>({ name: 'funnel', text, values: [from, to] });
  const [sums] = rows;
  const of = (field: keyof Funnel): number => Number(sums?.[field] ?? 0);
  return {
    created: of('created'),
    confirmed: of('confirmed'),
    preparing: of('preparing'),
    ready: of('ready'),
    outForDelivery: of('outForDelivery'),
    delivered: of('delivered'),
    cancelled: of('cancelled'),
  };
};
