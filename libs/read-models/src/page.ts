import { z } from 'zod';

/** Behind which row a page begins: lists are ordered by an instant and then by the order. */
export type Position = { readonly at: string; readonly orderId: string };
export type Page<R> = { items: R[]; next: string | null };

const position = z.tuple([z.iso.datetime(), z.guid()]);

const cursor = z
  .string()
  .max(200)
  .transform((text, context): Position => {
    const [at, orderId] = position.safeParse(parse(Buffer.from(text, 'base64url').toString())).data ?? [];
    // PostgreSQL knows no year 0.
    if (at !== undefined && orderId !== undefined && !at.startsWith('0000')) return { at, orderId };
    context.addIssue('must be the next of an earlier page');
    return z.NEVER;
  });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Query fields of a list: `after` is the `next` of an earlier page, opaque to clients; `limit` is 1 to 200. */
export const pageFields = { after: cursor.optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

/** The page of rows that were asked for with one more than `limit`: that one only says that there is a next page. */
export const pageOf = <R>(found: readonly R[], limit: number, positionOf: (row: R) => Position): Page<R> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || last === undefined) return { items, next: null };
  const { at, orderId } = positionOf(last);
  return { items, next: Buffer.from(JSON.stringify([at, orderId])).toString('base64url') };
};
