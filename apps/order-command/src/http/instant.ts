import { z } from 'zod';

const rfc3339 = z.iso.datetime({ offset: true });

/** Epoch milliseconds of an RFC 3339 instant with any offset, its digits below the millisecond cut off. */
export const instantField = z
  .string()
  // A plus that a query string did not escape arrives as a space.
  .transform((text) => text.replace(/ (\d{2}:\d{2})$/u, '+$1'))
  .refine((text) => rfc3339.safeParse(text).success, 'must be an RFC 3339 instant such as 2026-01-15T14:12:00Z')
  .transform((text) => Date.parse(text))
  .meta({ format: 'date-time' });

/** RFC 3339 in UTC with milliseconds. */
export const formatInstant = (epochMs: number): string => new Date(epochMs).toISOString();
