import pg from 'pg';

/** One statement on a connection of its own, in UTC; `settings` as the server's command line takes them. */
export const query = async <Row extends pg.QueryResultRow>(
  databaseUrl: string,
  sql: string,
  values: unknown[] = [],
  settings = '',
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: databaseUrl, options: `-c TimeZone=UTC ${settings}` });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
};
