import { z } from 'zod';

/** Bodies of the routes that change something; as in shapes.ts. `confirm` is what the person typed, and is compared here too. */

/** `POST /api/projections/{name}/swap` (`rebuild` takes no body: nothing that serves is touched): `confirm` is the projection's name; rows that differ are accepted only when it is said. */
export const swapBody = z.strictObject({ confirm: z.string(), acceptDifferences: z.boolean().default(false) });
export type SwapBody = z.input<typeof swapBody>;

/** `POST /api/projections/{name}/rollback|drop`: `confirm` is the projection's name. */
export const confirmBody = z.strictObject({ confirm: z.string() });
export type ConfirmBody = z.input<typeof confirmBody>;

const place = {
  /** The order's id. Not asked for with `dryRun`. */
  confirm: z.string().optional(),
  /** Only there; everywhere it is parked when left out. */
  app: z.string().optional(),
  projection: z.string().optional(),
  dryRun: z.boolean().default(false),
};

/** `POST /api/parked/{orderId}/retry`. */
export const retryBody = z.strictObject(place);
export type RetryBody = z.input<typeof retryBody>;

/** `POST /api/parked/{orderId}/discard`: the record at the head as it was shown is given up; another one is not. */
export const discardBody = z.strictObject({
  ...place,
  app: z.string(),
  projection: z.string(),
  reason: z.string().trim().min(1).max(1_000),
  head: z.strictObject({ partition: z.int().min(0), offset: z.int().min(0) }),
});
export type DiscardBody = z.input<typeof discardBody>;
