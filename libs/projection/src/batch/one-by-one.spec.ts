import type { Queryable } from '@orderline/postgres';
import { describe, expect, it } from 'vitest';
import { oneByOne } from './one-by-one.ts';

const recording = (failing?: string): { client: Queryable; sent: string[]; most: () => number } => {
  const sent: string[] = [];
  let underWay = 0;
  let most = 0;
  const query = async (text: string): Promise<string> => {
    sent.push(text);
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
    if (text === failing) throw new Error(`${text} failed`);
    return text;
  };
  return { client: { query } as unknown as Queryable, sent, most: () => most };
};

describe('several callers of one client', () => {
  it('send one statement at a time, in the order in which they asked', async () => {
    const { client, sent, most } = recording();
    const inTurn = oneByOne(client);
    expect(await Promise.all([inTurn.query('a'), inTurn.query('b'), inTurn.query('c')])).toEqual(['a', 'b', 'c']);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(most()).toBe(1);
  });

  it('send nothing more once a statement has failed, and all learn why', async () => {
    const { client, sent } = recording('b');
    const inTurn = oneByOne(client);
    const answers = await Promise.allSettled([inTurn.query('a'), inTurn.query('b'), inTurn.query('c')]);
    answers.push(...(await Promise.allSettled([inTurn.query('d')])));
    expect(sent).toEqual(['a', 'b']);
    const reasons = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : 'sent'));
    expect(reasons).toEqual(['sent', 'Error: b failed', 'Error: b failed', 'Error: b failed']);
  });
});
