import { formatMoney } from '@orderline/money';
import type { Queryable } from '@orderline/postgres';
import { z } from 'zod';
import type { DayRange } from '../day-range.ts';

export const revenueAnswer = z
  .object({
    days: z.array(
      z.object({
        date: z.iso.date(),
        currency: z.string(),
        received: z.string(),
        refunded: z.string(),
        net: z.string(),
      }),
    ),
  })
  .meta({ id: 'Revenue' });

export type Revenue = z.output<typeof revenueAnswer>;

type Found = { readonly date: string; readonly currency: string; readonly received: string; readonly refunded: string };

const text = `
  SELECT day::text AS date, currency, received_minor AS received, refunded_minor AS refunded
  FROM revenue
  WHERE generation = serving_generation('revenue') AND day >= $1 AND day < $2
  ORDER BY day, currency`;

/** Each UTC day and currency in which anything was paid or refunded, oldest first. */
export const readRevenue = async (client: Queryable, { from, to }: DayRange): Promise<Revenue> => {
  const { rows } = await client.query<Found>({ name: 'revenue', text, values: [from, to] });
  return {
    days: rows.map(({ date, currency, received, refunded }) => ({
      date,
      currency,
      received: formatMoney(Number(received), currency),
      refunded: formatMoney(Number(refunded), currency),
      net: formatMoney(Number(received) - Number(refunded), currency),
    })),
  };
};
