import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { adminUrlOf, type Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';

const withClient = async <T>(databaseUrl: string, use: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};

/** One server process of a session dies: PostgreSQL ends all others and recovers, for it cannot trust its shared memory. */
export const killBackend = (arena: Arena, { target }: Fault): Promise<void> =>
  withClient(adminUrlOf(arena, 'postgres'), async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE usename = $1 AND pid <> pg_backend_pid() ORDER BY pid`,
      [target],
    );
    const chosen = rows[Math.floor(arena.chance() * rows.length)];
    if (chosen === undefined) throw new Error(`${target} has no session`);
    process.kill(chosen.pid, 'SIGKILL');
  });

/** Ends the sessions of a role, and those that it opens anew, twice a second. */
export const endSessions = (arena: Arena, { target, lengthMs }: Fault): Promise<void> =>
  withClient(adminUrlOf(arena, 'postgres'), async (client) => {
    for (const until = performance.now() + lengthMs; ;) {
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [target]);
      if (performance.now() >= until) return;
      await pause(500);
    }
  });

/** `database.table`: nobody reads or writes it for a while. */
export const lockTable = (arena: Arena, { target, lengthMs }: Fault): Promise<void> => {
  const [database = '', table = ''] = target.split('.');
  return withClient(adminUrlOf(arena, database), async (client) => {
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${client.escapeIdentifier(table)} IN ACCESS EXCLUSIVE MODE`);
    await pause(lengthMs);
    await client.query('ROLLBACK');
  });
};

/** A transaction that has a number and a snapshot stays open: it holds back the slot's restart position and vacuum. */
export const openTransaction = (arena: Arena, { target, lengthMs }: Fault): Promise<void> =>
  withClient(adminUrlOf(arena, target), async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query('SELECT pg_current_xact_id(), (SELECT count(*) FROM pg_class)');
    await pause(lengthMs);
    await client.query('ROLLBACK');
  });
