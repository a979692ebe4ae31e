import { withTransaction, type Pool } from '@orderline/postgres';
import type { Projection } from '../define/projection.ts';
import type { Comparison, Generation } from '../store/generations.ts';
import { compareGenerations } from './compare.ts';
import { whenLevel } from './when-level.ts';

/**
 * Compares a filled generation with the serving one at equal offsets and writes down what it found. Live events wait only
 * until both have arrived and a snapshot is taken; the comparison itself runs in that snapshot, beside them.
 */
export const verifyGeneration = (
  pool: Pool,
  { table }: Projection,
  { serving, candidate }: { serving: Generation; candidate: Generation },
): Promise<Comparison> => {
  const pair = [serving.generation, candidate.generation] as const;
  return withTransaction(pool, async (client) => {
    await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
    await client.query(`SET LOCAL statement_timeout = 0`);
    // The first statement that reads takes the snapshot.
    await whenLevel(pool, pair, () => client.query('SELECT FROM projection_checkpoint LIMIT 1'));
    const comparison = await compareGenerations(client, table, { serving: pair[0], candidate: pair[1] });
    await client.query(
      `UPDATE projection_generation SET state = 'caught_up', comparison = $2, caught_up_at = now()
       WHERE generation = $1 AND state IN ('filling', 'caught_up')`,
      [candidate.generation, JSON.stringify(comparison)],
    );
    return comparison;
  });
};
