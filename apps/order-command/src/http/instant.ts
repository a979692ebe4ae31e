import { z } from 'zod';

const rfc3339 = z.iso.datetime({ offset: true });

const firstMs = Date.parse('0000-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/** Epoch milliseconds of an RFC 3339 instant with any offset, its digits below the millisecond cut off. */
export const instantField = z
  .string()
  // A plus that a query string did not escape arrives as a space.
  .transform((text) => text.replace(/ (\d{2}:\d{2})$/u, '+$1'))
  .refine((text) => rfc3339.safeParse(text).success, 'must be an RFC 3339 instant such as 2026-01-15T14:12:00Z')
  .transform((text) => Date.parse(text))
  .refine((at) => at >= firstMs && at <= lastMs, 'must be within the years 0000 to 9999 of UTC')
  .meta({ format: 'date-time' });

/** RFC 3339 in UTC with milliseconds. */
export const formatInstant = (epochMs: number): string => new Date(epochMs).toISOString();
