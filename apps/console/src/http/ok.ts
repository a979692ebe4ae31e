import type { RouteDocumentation } from '@orderline/service-host';
import type { z } from 'zod';

/** The answers of a route that gives `schema`. */
export const ok = (schema: z.ZodType, description = 'As it is now'): RouteDocumentation['responses'] => ({
  200: { description, schema },
});

/** The problem of a route that needs a part which may be away. */
export const mayBeAway = { 503: ['part_away'] };
