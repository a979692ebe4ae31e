import { createTestDatabase, startTcpGate, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createPool, type Pool } from './create-pool.ts';
import { hasUnknownOutcome, isTransient } from './is-transient.ts';
import { runStatement } from './run-statement.ts';
import { withTransaction } from './with-transaction.ts';

describe('withTransaction, on a real database', () => {
  let database: TestDatabase;
  let pool: Pool;
  const dishes = async () => (await pool.query<{ name: string }>('SELECT name FROM dish')).rows.map(({ name }) => name);

  beforeAll(async () => {
    database = await createTestDatabase(inject('postgresUrl'), 'postgres');
    pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'transaction spec', max: 1 });
    await pool.query('CREATE TABLE dish (name text)');
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('keeps all of the work or nothing of it, and passes the reason on', async () => {
    await withTransaction(pool, (client) => client.query(`INSERT INTO dish VALUES ('soup')`));
    const refused = withTransaction(pool, async (client) => {
      await client.query(`INSERT INTO dish VALUES ('half')`);
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    expect(await dishes()).toEqual(['soup']);
  });

  it('rejects where the work went on after a failed statement: the server rolls that back at COMMIT and says no error', async () => {
    const swallowed = withTransaction(pool, async (client) => {
      await client.query(`INSERT INTO dish VALUES ('lost')`);
      await client.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow('rolled back');
    expect(await dishes()).toEqual(['soup']);
  });

  it('calls a connection that the server ended transient with unknown outcome, and works on with a new one', async () => {
    const ended = await withTransaction(pool, (client) =>
      client.query('SELECT pg_terminate_backend(pg_backend_pid())'),
    ).catch((error: unknown) => error);
    expect([isTransient(ended), hasUnknownOutcome(ended)]).toEqual([true, true]);
    expect(await dishes()).toEqual(['soup']);
  });

  it('keeps the connection and what is prepared on it when a single statement is refused', async () => {
    const backend = async () =>
      (await runStatement<{ pid: number }>(pool, { text: 'SELECT pg_backend_pid() AS pid' })).rows[0]?.pid;
    const before = await backend();
    await expect(runStatement(pool, { text: 'SELECT 1 / 0' })).rejects.toThrow('division by zero');
    expect(await backend()).toBe(before);
    await expect(runStatement(pool, { text: 'SELECT pg_terminate_backend(pg_backend_pid())' })).rejects.toThrow();
    expect(await backend()).not.toBe(before);
  });

  it('gives up a connection that no longer answers, and works on with a new one', async () => {
    const server = new URL(database.adminUrl);
    const gate = await startTcpGate({ host: server.hostname, port: Number(server.port) });
    const through = createPool({
      databaseUrl: Object.assign(new URL(server), { port: String(gate.port) }).href,
      applicationName: 'dead link spec',
      max: 1,
      queryTimeoutMs: 300,
    });
    try {
      const unheard = await withTransaction(through, async (client) => {
        gate.mute();
        await client.query(`INSERT INTO dish VALUES ('unheard')`);
      }).catch((error: unknown) => error);
      expect([isTransient(unheard), hasUnknownOutcome(unheard)]).toEqual([true, true]);
      expect(through.totalCount).toBe(0);
      await gate.shut();
      await gate.open();
      await withTransaction(through, (client) => client.query(`INSERT INTO dish VALUES ('tea')`));
    } finally {
      await through.end();
      await gate.shut();
    }
    expect(await dishes()).toEqual(['soup', 'tea']);
  });

  it('speaks UTC whatever the server’s own zone', async () => {
    expect((await pool.query('SHOW timezone')).rows).toEqual([{ TimeZone: 'UTC' }]);
  });
});
