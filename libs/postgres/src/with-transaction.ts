import type { Pool, PoolClient } from './create-pool.ts';
import { hasUnknownOutcome } from './is-transient.ts';

/**
 * Runs `work` in one transaction on one connection: committed when its promise resolves, rolled back when it rejects,
 * with the reason of the rejection passed on. Also rejects when `work` went on after a statement that failed, since nothing
 * of it is kept then. A connection that cannot roll back is thrown away, not reused.
 */
export const withTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    // A transaction in which a statement failed is rolled back by its COMMIT, and that is no error to the server.
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed.');
    client.release();
    return result;
  } catch (error) {
    // Nobody is there to hear of a ROLLBACK on a connection that broke.
    client.release(hasUnknownOutcome(error) || (await failedToRollBack(client)));
    throw error;
  }
};

const failedToRollBack = async (client: PoolClient): Promise<boolean> => {
  try {
    await client.query('ROLLBACK');
    return false;
  } catch {
    return true;
  }
};
