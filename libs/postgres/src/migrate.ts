import { readFile } from 'node:fs/promises';
import { runner, type MigrationBuilder } from 'node-pg-migrate';
import pg from 'pg';

export type MigrationRun = {
  readonly databaseUrl: string;
  /** Folder of `NNNN_what.sql` files, forward only, never edited once released. */
  readonly folder: string;
  /** Table that remembers what has run; one per folder, since several folders may migrate one database. */
  readonly ledger: string;
};

const MIGRATION_LOCK = 'orderline migrations';

/**
 * Brings a database up to the newest file of `folder`, each file in a transaction of its own, and answers with the names
 * of those run now. Safe when two run at once: the second waits for the first and finds nothing left to do. A file whose
 * first line is `-- no-transaction` runs outside a transaction and must hold one statement that may be repeated.
 * Throws when a file fails (it and those after it are not applied) or when an older file turns up after a newer one ran.
 */
export const migrate = async (run: MigrationRun): Promise<string[]> => {
  const client = new pg.Client({ connectionString: run.databaseUrl, application_name: `migrate ${run.ledger}` });
  // A server that goes away also fails the pending query; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await waitForTurn(client);
    const applied = await runner({
      dbClient: client,
      dir: run.folder,
      migrationsTable: run.ledger,
      direction: 'up',
      singleTransaction: false,
      noLock: true,
      migrationLoaderStrategies: [{ extensions: ['.sql'], loader: (paths) => Promise.all(paths.map(readMigration)) }],
      logger: silent,
    });
    return applied.map(({ name }) => name);
  } finally {
    await client.end();
  }
};

/** One migration at a time per database; the lock goes with the connection, so a killed run leaves none behind. */
const waitForTurn = async (client: pg.Client): Promise<void> => {
  await client.query(`SET statement_timeout = 0; SET lock_timeout = 0`);
  await client.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [MIGRATION_LOCK]);
  await client.query(`SET lock_timeout = '10s'`);
};

const readMigration = async (path: string) => {
  const sql = (await readFile(path, 'utf8')).trim();
  const up = (builder: MigrationBuilder): void => {
    if (sql.startsWith('-- no-transaction')) builder.noTransaction();
    builder.sql(sql);
  };
  return { id: path, filePaths: [path], actions: { up, down: false as const } };
};

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
