import { z } from 'zod';
import { utcDay } from '@orderline/read-models';

/** UTC days, `from` ≤ day < `to`. */
export type DayRange = { readonly from: string; readonly to: string };

const DAY_MS = 86_400_000;
const days = 30;
/** PostgreSQL knows no year 0. */
const firstDay = '0001-01-01';

const day = z.iso.date().refine((text) => text >= firstDay, 'must be a day from the year 1 on');

/** `from` and `to` of a query; a range that ends before it begins is a fault. */
export const dayRangeQuery = z
  .strictObject({ from: day.optional(), to: day.optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'must not be before from',
  });

/** The range asked for; an end left out is that of the last 30 days, up to and with today. */
export const dayRangeOf = ({ from, to }: z.output<typeof dayRangeQuery>, now: number): DayRange => {
  const tomorrow = utcDay(now + DAY_MS);
  const end = to ?? (from !== undefined && from > tomorrow ? from : tomorrow);
  const start = utcDay(Date.parse(end) - days * DAY_MS);
  return { from: from ?? (start < firstDay ? firstDay : start), to: end };
};
