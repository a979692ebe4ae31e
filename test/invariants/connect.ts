import { onTestFinished } from 'vitest';
import pg from 'pg';

/** A connection that is closed with the test. */
export const connect = async (databaseUrl: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  // The database is dropped under it when a test has failed half-way.
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
};
