import { z } from 'zod';

const instant = z.iso.datetime();
const generationState = z.enum(['serving', 'filling', 'caught_up', 'standby']);

export const difference = z.object({
  key: z.record(z.string(), z.unknown()),
  serving: z.unknown(),
  candidate: z.unknown(),
  orderVersion: z.int().nullable(),
  eventId: z.string().nullable(),
});

const projection = z
  .object({
    name: z.string(),
    version: z.int(),
    generation: z.int(),
    state: generationState,
    partitions: z.array(z.object({ partition: z.int(), offset: z.int(), lag: z.int() })),
    lagEvents: z.int(),
    lagSeconds: z.number(),
    ratePerSecond: z.number(),
    applied: z.int(),
    duplicates: z.int(),
    parked: z.int(),
    rebuild: z.object({ percent: z.number(), secondsLeft: z.number() }).nullable(),
    comparison: z.object({ rows: z.int(), differing: z.int(), differences: z.array(difference) }).nullable(),
    verifiedAt: instant.nullable(),
  })
  .meta({ id: 'Projection' });

export const projectionsAnswer = z.object({ projections: z.array(projection) });

export const parkedPage = z.object({
  items: z.array(
    z
      .object({
        orderId: z.string(),
        projection: z.string(),
        version: z.int(),
        reason: z.string(),
        since: instant,
        waiting: z.int(),
        partition: z.int(),
        offset: z.int(),
      })
      .meta({ id: 'Parked' }),
  ),
  next: z.string().nullable(),
});

export const orderIdParam = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, 'must be a lower-case UUID');

export const receiptsAnswer = z.object({
  orderId: z.string(),
  receipts: z.array(
    z
      .object({
        projection: z.string(),
        generation: z.int(),
        state: generationState,
        version: z.int(),
        appliedAt: instant.nullable(),
        parked: z.boolean(),
      })
      .meta({ id: 'Receipt' }),
  ),
});

/** `NotYet` of the contract. */
export const notYetAnswer = z
  .object({
    code: z.literal('not_yet_visible'),
    orderId: z.string(),
    requiredVersion: z.int(),
    currentVersion: z.int().nullable(),
  })
  .meta({ id: 'NotYet' });

export const pageQuery = z.strictObject({
  // The key of a record may be any text; 200 characters of it are kept, in a cursor up to 1,700.
  after: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const retryBody = z
  .strictObject({ projection: z.string().optional(), dryRun: z.boolean().optional() })
  .optional();

export const discardBody = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .refine((text) => !text.includes('\0'), 'must not have NUL in it'),
  /** As GET /parked shows it: refused when another record is at the head, so that a request sent twice does no harm. */
  head: z.strictObject({ partition: z.int().min(0), offset: z.int().min(0) }).optional(),
  projection: z.string().optional(),
  dryRun: z.boolean().optional(),
});

export const swapBody = z.strictObject({ acceptDifferences: z.boolean().default(false) }).optional();

export const releasedAnswer = z.object({
  orderId: z.string(),
  dryRun: z.boolean(),
  released: z.array(
    z.object({
      projection: z.string(),
      generation: z.int(),
      applied: z.int(),
      duplicates: z.int(),
      parked: z.int(),
    }),
  ),
});
