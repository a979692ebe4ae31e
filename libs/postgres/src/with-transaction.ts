import type { Pool, PoolClient } from './create-pool.ts';

/**
 * Runs `work` in one transaction on one connection: committed when its promise resolves, rolled back when it rejects,
 * with the reason of the rejection passed on. A connection that cannot roll back is thrown away, not reused.
 */
export const withTransaction = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    client.release(await failedToRollBack(client));
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
