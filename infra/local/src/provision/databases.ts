import { createPool, type Pool } from '@orderline/postgres';
import { stackApps } from '../stack/apps.ts';

type Database = { readonly name: string; readonly owner: string; readonly guests: readonly string[] };

/** The databases of a stack, whose they are and who else may connect: roles are the cluster's, rights are not. */
export const declaredDatabases: readonly Database[] = [
  ...stackApps.map(({ database, kind }) => ({
    name: database,
    owner: `${database}_owner`,
    guests: [`${database}_app`, 'orders_auditor', ...(kind === 'command' ? ['orders_relay'] : [])],
  })),
  { name: 'registry', owner: 'registry', guests: [] },
];

/** Makes the databases that are missing and shuts them to everybody but owner and guests; needs the roles. May be run again. */
export const createDatabases = async (adminUrl: string): Promise<void> => {
  const pool = createPool({ databaseUrl: adminUrl, applicationName: 'orderline provision', max: 1 });
  try {
    const { rows } = await pool.query<{ datname: string }>('SELECT datname FROM pg_database');
    const present = new Set(rows.map(({ datname }) => datname));
    for (const database of declaredDatabases) {
      if (!present.has(database.name)) await create(pool, database);
      await pool.query(`REVOKE ALL ON DATABASE ${database.name} FROM PUBLIC`);
      for (const guest of database.guests) await pool.query(`GRANT CONNECT ON DATABASE ${database.name} TO ${guest}`);
    }
  } finally {
    await pool.end();
  }
};

const create = async (pool: Pool, { name, owner }: Database): Promise<void> => {
  try {
    // Copying files instead of logging every page of the template takes a third of the time.
    await pool.query(`CREATE DATABASE ${name} OWNER ${owner} STRATEGY file_copy`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '42P04')) throw error; // made by another, meanwhile
  }
};
