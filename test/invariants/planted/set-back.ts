import type pg from 'pg';
import { untilApplied } from '../crash-points.ts';

const tables = `
  SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attname = 'generation'
  WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
    AND relname NOT IN ('projection_generation', 'projection_discarded')`;

const betweenBatches = async (admin: pg.Client, statements: readonly string[]): Promise<void> => {
  await admin.query('BEGIN');
  await admin.query('LOCK TABLE projection_checkpoint IN EXCLUSIVE MODE');
  for (const statement of statements) await admin.query(statement);
  await admin.query('COMMIT');
};

/**
 * A read model, its deduplication table and its checkpoints as they were some events ago, under a projector that goes on:
 * what is left when a server that commits without waiting for its disk has crashed, or was restored from a backup.
 */
export const setBack = async (admin: pg.Client): Promise<void> => {
  const names = (await admin.query<{ name: string }>(tables)).rows.map(({ name }) => name);
  await admin.query('CREATE SCHEMA earlier');
  await betweenBatches(
    admin,
    names.map((name) => `CREATE TABLE earlier.${name} AS SELECT * FROM ${name}`),
  );
  await untilApplied(admin, 40);
  await betweenBatches(
    admin,
    names.flatMap((name) => [`DELETE FROM ${name}`, `INSERT INTO ${name} SELECT * FROM earlier.${name}`]),
  );
};
