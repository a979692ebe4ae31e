import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@orderline/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processIdentity } from '../processes/process-identity.ts';
import { applyRoles } from './apply-roles.ts';
import { startPostgres, type RunningPostgres } from './start-postgres.ts';

const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const pool = createPool({ databaseUrl: url, applicationName: 'spec', max: 1 });
  try {
    return (await pool.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await pool.end();
  }
};

const isRoot = process.getuid?.() === 0;

describe('startPostgres', { timeout: 60_000 }, () => {
  let folder: string;
  let server: RunningPostgres;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderline-'));
    server = await startPostgres({ folder, throwaway: true });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers on loopback only, with logical WAL and the settings of infra/postgres', async () => {
    const [row] = await ask(
      server.adminUrl,
      `SELECT current_setting('wal_level') AS wal, current_setting('listen_addresses') AS host,
              current_setting('wal_sender_timeout') AS timeout, current_setting('fsync') AS fsync`,
    );
    expect(row).toEqual({ wal: 'logical', host: '127.0.0.1', timeout: '10s', fsync: 'on' });
  });

  it('refuses a wrong password', async () => {
    await expect(ask(server.adminUrl.replace(':orderline@', ':wrong@'), 'SELECT 1')).rejects.toThrow('password');
  });

  it('makes the roles of the cluster, also when two do it at once, each with its timeouts', async () => {
    await Promise.all([applyRoles(server.adminUrl), applyRoles(server.adminUrl)]);
    const bare = await ask(
      server.adminUrl,
      `SELECT rolname FROM pg_roles LEFT JOIN pg_db_role_setting ON setrole = oid
        WHERE rolname !~ '^pg_' AND rolname <> 'postgres'
          AND (rolsuper OR setconfig::text !~ 'statement_timeout.*lock_timeout.*idle_in_transaction_session_timeout')`,
    );
    expect(bare).toEqual([]);
    const replication = await ask(
      server.adminUrl,
      `SELECT rolname FROM pg_roles WHERE rolreplication AND NOT rolsuper`,
    );
    expect(replication).toEqual([{ rolname: 'orders_relay' }]);
  });

  it('keeps its data over a stop, and leaves no process', async () => {
    await ask(server.adminUrl, 'CREATE TABLE kept (n int)');
    await server.stop();
    expect(processIdentity(server.pid)).toBeUndefined();
    server = await startPostgres({ folder, throwaway: true });
    expect(await ask(server.adminUrl, `SELECT to_regclass('kept')::text AS name`)).toEqual([{ name: 'kept' }]);
  });

  it('takes the place of a server that a killed run left behind, and comes up after SIGKILL', async () => {
    const left = server;
    server = await startPostgres({ folder, throwaway: true });
    expect(processIdentity(left.pid)).toBeUndefined();
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    server = await startPostgres({ folder, throwaway: true });
    expect(await ask(server.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('runs also below a folder that only root may enter, says where its data is then, and removes it', async () => {
    const inner = join(folder, 'home', 'stack');
    await mkdir(join(folder, 'home'), { mode: 0o700 });
    const shut = await startPostgres({ folder: inner, throwaway: true });
    const outside = / keeps its data in (\S+)$/u.exec(shut.notices.join('\n'))?.[1];
    expect(outside !== undefined).toBe(isRoot);
    expect(await ask(shut.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await shut.stop();
    expect(outside !== undefined && existsSync(outside)).toBe(false);
  });
});
