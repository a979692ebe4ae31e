import { createPool, sqlState } from '@orderline/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { appendOf, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';

const operations = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'] as const;
type Operation = (typeof operations)[number];

/** Everything that any role but the owner may do to a table; what is not listed is refused. */
const allowed: Record<string, Record<string, readonly Operation[]>> = {
  orders_app: {
    event: ['SELECT', 'INSERT'],
    outbox: ['INSERT'],
    receipt: ['SELECT', 'INSERT'],
    snapshot: ['SELECT', 'INSERT'],
    schema_id: ['SELECT'],
  },
  orders_relay: {
    outbox: ['SELECT'],
    relay_heartbeat: ['SELECT', 'INSERT'],
    relay_loss: ['SELECT', 'INSERT', 'UPDATE'],
  },
  orders_auditor: {
    event: ['SELECT'],
    outbox: ['SELECT'],
    receipt: ['SELECT'],
    snapshot: ['SELECT'],
    schema_id: ['SELECT'],
    relay_heartbeat: ['SELECT'],
    outbox_retired: ['SELECT'],
    relay_loss: ['SELECT'],
  },
  order_summary_owner: {},
  order_summary_app: {},
  registry: {},
};

describe('rights in the orders database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
    await orders.store.append(appendOf(newId(), 0));
  });
  afterAll(() => orders.end());

  it('are, for every role, table, partition and operation, those of the matrix', async () => {
    const { rows } = await orders.admin.query<{ role: string; relation: string; operation: Operation }>(
      `SELECT role, c.relname AS relation, operation
       FROM unnest($1::text[]) AS role, unnest($2::text[]) AS operation, pg_class c
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
         AND (has_table_privilege(role, c.oid, operation)
           OR (operation <> ALL ('{DELETE,TRUNCATE,TRIGGER}') AND has_any_column_privilege(role, c.oid, operation)))`,
      [Object.keys(allowed), operations],
    );
    const held = rows.map(({ role, relation, operation }) => `${role} ${operation} ${relation}`).toSorted();
    const listed = Object.entries(allowed).flatMap(([role, tables]) =>
      Object.entries(tables).flatMap(([table, rights]) => rights.map((right) => `${role} ${right} ${table}`)),
    );
    expect(held).toEqual(listed.toSorted());
  });

  const tries: Record<Exclude<Operation, 'REFERENCES' | 'TRIGGER'>, (table: string) => string> = {
    SELECT: (table) => `SELECT * FROM ${table} LIMIT 1`,
    INSERT: (table) => `INSERT INTO ${table} SELECT (NULL::${table}).*`,
    UPDATE: (table) => `UPDATE ${table} SET ${table === 'event' ? 'version = version' : 'recorded_at = recorded_at'}`,
    DELETE: (table) => `DELETE FROM ${table}`,
    TRUNCATE: (table) => `TRUNCATE ${table}`,
  };
  it.each(
    ['orders_app', 'orders_relay', 'orders_auditor'].flatMap((role) =>
      ['event', 'outbox', 'receipt', 'snapshot'].map((table) => [role, table] as const),
    ),
  )('hold in deed: %s on %s', async (role, table) => {
    const pool = createPool({
      databaseUrl: orders.database.urlOf(role),
      applicationName: 'rights spec',
      session: { default_transaction_read_only: 'off' },
    });
    for (const [operation, sql] of Object.entries(tries)) {
      const state = await pool.query(sql(table)).then(() => 'done', sqlState);
      const may = allowed[role]?.[table]?.includes(operation as Operation) === true;
      if (may) expect(['done', '23502', '23514']).toContain(state);
      else expect([operation, state]).toEqual([operation, '42501']);
    }
    await pool.end();
  });

  it('let orders_app make no table, switch off no trigger, and call no function but those it needs', async () => {
    const refused = async (sql: string) => orders.pool.query(sql).then(() => 'done', sqlState);
    expect(await refused('CREATE TABLE own (n int)')).toBe('42501');
    expect(await refused('ALTER TABLE event DISABLE TRIGGER ALL')).toBe('42501');
    expect(await refused(`SET session_replication_role = 'replica'`)).toBe('42501');
    expect(await refused('DROP TABLE outbox_default')).toBe('42501');
    expect(await refused('SELECT * FROM event_default')).toBe('42501');
    expect(await refused(`SELECT make_event_partitions('2200-01-01')`)).toBe('42501');
    const { rows } = await orders.admin.query<{ name: string }>(
      `SELECT proname AS name FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('orders_app', oid, 'EXECUTE') ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'claim_receipt',
      'drop_expired_receipts',
      'drop_relayed_outbox_partitions',
      'event_hash',
      'event_position',
      'filled_default_partitions',
      'make_partitions_ahead',
      'make_past_outbox_partitions',
      'retire_outbox_partitions',
      'trim_relay_heartbeats',
    ]);
  });

  it('run owner functions with a fixed search path only', async () => {
    const { rows } = await orders.admin.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
         AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=public, pg_temp%'`,
    );
    expect(rows).toEqual([]);
  });
});
