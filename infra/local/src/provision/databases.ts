import { readFileSync } from 'node:fs';
import { createPool } from '@orderline/postgres';

const databasesFile = new URL('../../../postgres/databases.sql', import.meta.url);
const alreadyThere = '42P04';

/** The statements of infra/postgres/databases.sql: none of them can run in a transaction with others. */
export const databaseStatements = (): string[] =>
  readFileSync(databasesFile, 'utf8')
    .replaceAll(/^--.*$/gmu, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');

/** Makes the databases that are missing, and shuts each to everybody but its owner and guests. Needs the roles; may be run again. */
export const createDatabases = async (adminUrl: string): Promise<void> => {
  const pool = createPool({ databaseUrl: adminUrl, applicationName: 'orderline provision', max: 1 });
  try {
    for (const statement of databaseStatements()) {
      await pool.query(statement).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === alreadyThere)) throw error;
      });
    }
  } finally {
    await pool.end();
  }
};
