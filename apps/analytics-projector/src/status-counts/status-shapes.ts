import { pageFields, statuses } from '@orderline/read-models';
import { z } from 'zod';

const status = z.enum(statuses);
const instant = z.iso.datetime();

const rfc3339 = z.iso.datetime({ offset: true });

/** With any offset; answers epoch milliseconds, digits below them cut off. */
const anyInstant = z
  .string()
  // A plus that a query string did not escape arrives as a space.
  .transform((text) => text.replace(/ (\d{2}:\d{2})$/u, '+$1'))
  .refine((text) => rfc3339.safeParse(text).success, 'must be an RFC 3339 instant such as 2026-01-15T14:12:00Z')
  .transform((text) => Date.parse(text))
  .meta({ format: 'date-time' });

export const countsQuery = z
  .strictObject({
    at: anyInstant.optional(),
    status: status.optional(),
    after: pageFields.after,
    limit: pageFields.limit.unwrap().optional(),
  })
  .refine(({ status, after, limit }) => status !== undefined || (after === undefined && limit === undefined), {
    path: ['status'],
    message: 'must be there for a page',
  });

export const countsAnswer = z.object({ at: instant, counts: z.record(status, z.int()) }).meta({ id: 'StatusCounts' });

export const ordersPage = z.object({
  items: z.array(z.object({ orderId: z.uuid(), since: instant })),
  next: z.string().nullable(),
});
