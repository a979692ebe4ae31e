import type { QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { Pool } from './create-pool.ts';
import { hasUnknownOutcome } from './is-transient.ts';

/**
 * Runs one statement on a connection of the pool and keeps the connection when the server merely refused the statement.
 * `pool.query` throws it away after any error, and with it every statement prepared on it.
 */
export const runStatement = async <Row extends QueryResultRow>(
  pool: Pool,
  statement: QueryConfig,
): Promise<QueryResult<Row>> => {
  const client = await pool.connect();
  try {
    const result = await client.query<Row>(statement);
    client.release();
    return result;
  } catch (error) {
    client.release(hasUnknownOutcome(error));
    throw error;
  }
};
