import { z } from 'zod';
import { ifMatchField } from './if-match.ts';
import { instantField } from './instant.ts';

const mostAheadMs = 5 * 60_000;

/** Headers of a command on a new order. */
export const createHeaders = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\u0020-\u007e]{1,255}$/u, 'must be 1 to 255 printable characters')
    .optional()
    .meta({ description: 'The same key with the same request gets the first outcome again, for 24 hours' }),
  'X-Actor': z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}:[A-Za-z0-9_.:-]{1,64}$/u, 'must be <role>:<id>')
    .default('system:anonymous')
    .transform((text) => ({ role: text.slice(0, text.indexOf(':')), id: text.slice(text.indexOf(':') + 1) })),
  'X-Causation-Id': z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,128}$/u, 'must be 1 to 128 of A-Z a-z 0-9 _ . : -')
    .optional(),
  'X-Occurred-At': instantField
    .refine((at) => at <= Date.now() + mostAheadMs, 'must be at most five minutes ahead')
    .optional(),
  traceparent: z.string().optional(),
});

/** Headers of a command on an order that is there. */
export const commandHeaders = createHeaders.extend({ 'If-Match': ifMatchField.optional() });

export type CommandHeaders = z.infer<typeof commandHeaders>;
