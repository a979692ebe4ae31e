import { createPool, type Queryable } from '@orderline/postgres';

/** A database as it was at one moment, however long one looks; closed again it stays closed. */
export type Snapshot = Queryable & { close(): Promise<void> };

/** Opens a read-only REPEATABLE READ transaction on a connection of its own. */
export const openSnapshot = async (databaseUrl: string): Promise<Snapshot> => {
  const pool = createPool({ databaseUrl, applicationName: 'orderline audit', max: 1 });
  try {
    const client = await pool.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // The moment is that of the first statement, not of BEGIN.
    await client.query(`SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SELECT count(*) FROM pg_class`);
    return {
      query: client.query.bind(client),
      close: () => {
        if (!pool.ending) client.release(true);
        return pool.ending ? Promise.resolve() : pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
};
