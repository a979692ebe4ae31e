import { invalidRequest } from '@orderline/service-host';
import { z } from 'zod';

/** Behind which row a page begins. */
export type Position = { readonly createdAt: string; readonly orderId: string };

const position = z.tuple([z.iso.datetime(), z.guid()]);

/** The text that a client hands back as `after`. */
export const cursorOf = ({ createdAt, orderId }: Position): string =>
  Buffer.from(JSON.stringify([createdAt, orderId])).toString('base64url');

/** Throws a 400 for a text that is no cursor. */
export const positionOf = (cursor: string): Position => {
  const parsed = position.safeParse(parse(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw invalidRequest([{ path: '/after', message: 'must be the next of an earlier page' }]);
  const [createdAt, orderId] = parsed.data;
  return { createdAt, orderId };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
