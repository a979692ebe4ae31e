import type { Queryable } from '@orderline/postgres';

/**
 * The client for several callers at once: one statement after another, in the order in which they are asked for. After one
 * that fails none is sent any more, and all reject with its error: nothing can slip out of the transaction that it ended.
 */
export const oneByOne = (client: Queryable): Queryable => {
  const send = client.query.bind(client) as (...statement: unknown[]) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  const query = (...statement: unknown[]): Promise<unknown> => {
    last = last.then(() => send(...statement));
    return last;
  };
  return { query } as Queryable;
};
