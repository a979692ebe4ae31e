import { sqlState } from '@orderline/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { appendOf, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';

const RESTRICT_VIOLATION = '23001';

describe('event and outbox are append-only', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
    await orders.admin.query(`SELECT make_event_partitions(now() + interval '7 months')`);
    await orders.admin.query(`SELECT make_daily_partitions('outbox', current_date + 20)`);
    await orders.admin.query(`SELECT make_daily_partitions('receipt', current_date + 20)`);
    for (const at of [Date.UTC(2001, 0, 1), Date.now(), Date.now() + 86_400_000 * 180, Date.UTC(2100, 0, 1)]) {
      await orders.store.append(appendOf(newId(at), 0));
    }
  });
  afterAll(() => orders.end());

  const partitionsOf = async (parents: string[]) => {
    const { rows } = await orders.admin.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
       WHERE i.inhparent::regclass::text = ANY($1) OR c.oid::regclass::text = ANY($1) ORDER BY 1`,
      [parents],
    );
    return rows.map(({ name }) => name);
  };
  const attempt = async (sql: string) => {
    const client = await orders.admin.connect();
    await client.query('BEGIN');
    const state = await client.query(sql).then(() => 'done', sqlState);
    await client.query('ROLLBACK');
    client.release();
    return state;
  };

  it('for the superuser too: no row is changed or deleted, whichever partition it is in', async () => {
    const { rows } = await orders.admin.query<{ name: string }>(
      'SELECT DISTINCT tableoid::regclass::text AS name FROM event',
    );
    expect(rows).toHaveLength(4);
    for (const { name } of [...rows, { name: 'event' }, { name: 'outbox' }]) {
      const column = name === 'outbox' ? 'event_version' : 'type';
      expect(await attempt(`UPDATE ${name} SET ${column} = ${column}`)).toBe(RESTRICT_VIOLATION);
      expect(await attempt(`DELETE FROM ${name}`)).toBe(RESTRICT_VIOLATION);
    }
  });

  it('no partition is truncated, nor its parent, those made later included', async () => {
    const tables = await partitionsOf(['event', 'outbox', 'receipt']);
    expect(tables.length).toBeGreaterThan(50);
    for (const table of tables)
      expect([table, await attempt(`TRUNCATE ${table}`)]).toEqual([table, RESTRICT_VIOLATION]);
  });

  it('also under session_replication_role, which skips triggers that are not ENABLE ALWAYS', async () => {
    const replica = `SET LOCAL session_replication_role = 'replica';`;
    expect(await attempt(`${replica} DELETE FROM event`)).toBe(RESTRICT_VIOLATION);
    expect(await attempt(`${replica} UPDATE outbox SET event_version = '9'`)).toBe(RESTRICT_VIOLATION);
    for (const table of await partitionsOf(['event', 'outbox'])) {
      expect(await attempt(`${replica} TRUNCATE ${table}`)).toBe(RESTRICT_VIOLATION);
    }
    const { rows } = await orders.admin.query(
      `SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'A'`,
    );
    expect(rows).toEqual([]);
  });

  it('says how to go on instead', async () => {
    await expect(orders.admin.query('DELETE FROM event')).rejects.toMatchObject({
      message: expect.stringContaining('rows here are written once') as string,
      hint: 'What happened later is a new event.',
    });
  });
});
