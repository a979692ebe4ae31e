import { z } from 'zod';

/** Lower case, as the server makes them; the version digit is not asked for, so that any order's id can be. */
export const orderIdField = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u, 'must be a UUID in lower case')
  .meta({ format: 'uuid' });

/** Ids that callers choose: customers, restaurants, skus, references, methods. */
export const idField = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/u, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');

/** Free text of at most `most` characters (code points); PostgreSQL can hold neither NUL nor half a surrogate pair. */
export const textField = (most: number) =>
  z
    .string()
    .refine((text) => text.trim() !== '', 'must not be empty')
    .refine((text) => text.length <= most || codePoints(text) <= most, `must have at most ${most} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'must be well-formed text without NUL')
    .meta({ minLength: 1, maxLength: most });

const codePoints = (text: string): number => Array.from(text).length;

/** What a decimal amount looks like; how many decimals it may have depends on its currency. */
export const amountField = z
  .string()
  .regex(/^(0|[1-9]\d*)(\.\d+)?$/u, 'must be a decimal amount such as "12.50"')
  .max(32);

export const itemField = z.strictObject({
  sku: idField,
  name: textField(200),
  quantity: z.int().min(1).max(999),
  unitPrice: amountField,
});

export const addressField = textField(500);
export const notesField = textField(1_000);
export const reasonField = textField(1_000);
