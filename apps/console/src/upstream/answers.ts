import { z } from 'zod';
import { generation, parkedOrder } from '../shapes.ts';

/** What the console reads of the answers of other parts; what else they say is passed over. */

export const readiness = z.object({
  ready: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ready: z.boolean(), reason: z.string().optional() })),
});
export type Readiness = z.output<typeof readiness>;

export const relay = z.object({
  state: z.enum(['flowing', 'idle', 'restarting', 'stopped', 'lost']),
  advice: z.string().nullable(),
  heartbeat: z.object({ ageSeconds: z.number().nullable() }),
  slot: z.object({ active: z.boolean(), lagBytes: z.number() }).nullable(),
  retainedBytes: z.number(),
  retainedLimitBytes: z.number().nullable(),
});
export type Relay = z.output<typeof relay>;

const ofProjector = generation.omit({ app: true, delay: true });
export type OwnGeneration = z.output<typeof ofProjector>;
export const projectionsOfApp = z.object({ projections: z.array(ofProjector) });

export const parkedOfApp = z.object({ items: z.array(parkedOrder.omit({ app: true })), next: z.string().nullable() });

/** Whatever a server answers, it is there. */
export const anything = z.unknown();
