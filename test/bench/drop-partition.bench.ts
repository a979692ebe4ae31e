import { createPool, type Pool } from '@orderline/postgres';
import { cpuSeconds } from './process-usage.ts';
import type { Effort } from './effort.ts';
import { reportRounds, type ComparisonResult, type Figures } from './measure-arms.ts';
import { ofRounds, quietRounds } from './quiet-rounds.ts';
import { onDiskServer } from './orders/on-disk-server.ts';

type Cost = {
  readonly ms: number;
  readonly walMegabytes: number;
  readonly cpuMs: number;
  readonly megabytesLeft: number;
};

const drop = 'detach and drop the partition';
const remove = 'DELETE and VACUUM';
const slot = 'orderline_outbox';

/**
 * A day of the outbox that has been relayed goes: its partition by the functions that order-command's janitor calls, against
 * the same rows by DELETE from a table without partitions. The relay has to read what either writes to the log.
 */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  onDiskServer(async ({ orders, server }) => {
    const pool = createPool({ databaseUrl: orders.adminUrl, applicationName: 'drop bench', max: 1 });
    const measured = costing(pool, server.pid);
    const rows = effort.events;
    await pool.query(`SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`);
    await pool.query(
      'CREATE TABLE plain_outbox (LIKE outbox INCLUDING ALL); CREATE INDEX ON plain_outbox (recorded_at)',
    );
    const acts = {
      [drop]: async (): Promise<Cost> => {
        await pool.query('SELECT make_past_outbox_partitions(ARRAY[current_date - 3])');
        await pool.query(fill('outbox', rows));
        const retired = await measured(() => pool.query('SELECT retire_outbox_partitions()'));
        // What a relay that is at work confirms by itself.
        await pool.query(`SELECT pg_replication_slot_advance('${slot}', pg_current_wal_lsn())`);
        const dropped = await measured(() => pool.query('SELECT drop_relayed_outbox_partitions()'));
        return together(
          retired,
          dropped,
          await sizeOf(pool, `to_regclass('outbox_' || to_char(current_date - 3, 'YYYY_MM_DD'))`),
        );
      },
      [remove]: async (): Promise<Cost> => {
        await pool.query(fill('plain_outbox', rows));
        const deleted = await measured(() =>
          pool.query('DELETE FROM plain_outbox WHERE recorded_at < current_date - 2'),
        );
        const vacuumed = await measured(() => pool.query('VACUUM plain_outbox'));
        const left = await sizeOf(pool, `'plain_outbox'::regclass`);
        await pool.query('TRUNCATE plain_outbox');
        return together(deleted, vacuumed, left);
      },
    };
    const rounds = await quietRounds(Math.min(effort.rounds, 3), async (nth) => {
      const costs = new Map<string, Cost>();
      const arms = Object.entries(acts);
      for (const [name, act] of nth % 2 === 0 ? arms : arms.toReversed()) costs.set(name, await act());
      return costs;
    });
    const part = (of: (cost: Cost) => number, title: string, unit: string): void => {
      const figures = (costs: ReadonlyMap<string, Cost>): Figures =>
        Object.fromEntries([drop, remove].map((name) => [name, of(costs.get(name) as Cost)]));
      report(
        reportRounds(
          { title: `${rows.toLocaleString('en')} rows: ${title}`, unit, against: remove },
          ofRounds(rounds, figures),
        ),
      );
    };
    part(({ ms }) => ms, 'time', 'ms');
    part(({ cpuMs }) => cpuMs, "the server's CPU", 'ms');
    part(({ walMegabytes }) => walMegabytes, 'log written', 'MB');
    part(({ megabytesLeft }) => megabytesLeft, 'disk still taken', 'MB');
    await pool.end();
  });

const fill = (table: string, rows: number): string => `INSERT INTO ${table}
  SELECT id, 'orders', id, decode(repeat('5a', 300), 'hex'), current_date - 3 + interval '1 ms' * (nth % 86400000), '1.0', id,
    '/orderline/order-command', 'orderline.orders.OrderCreated', id, '2026-01-15T14:05:00.120Z', 'application/avro',
    'OrderCreated', '1', 'correlation-123456', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
  FROM generate_series(1, ${rows}) nth, LATERAL (SELECT uuidv7() AS id WHERE nth > 0) AS new`;

const costing =
  (pool: Pool, serverPid: number) =>
  async (act: () => Promise<unknown>): Promise<Cost> => {
    const position = await walPosition(pool);
    const [began, cpu] = [performance.now(), cpuSeconds(serverPid)];
    await act();
    const [ms, cpuMs] = [performance.now() - began, (cpuSeconds(serverPid) - cpu) * 1_000];
    const { rows } = await pool.query<{ bytes: number }>(
      'SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)::float8 AS bytes',
      [position],
    );
    return { ms, cpuMs, walMegabytes: (rows[0]?.bytes ?? Number.NaN) / 1e6, megabytesLeft: 0 };
  };

const walPosition = async (pool: Pool): Promise<string> => {
  const { rows } = await pool.query<{ lsn: string }>('SELECT pg_current_wal_insert_lsn() AS lsn');
  return rows[0]?.lsn ?? '';
};

const together = (one: Cost, other: Cost, megabytesLeft: number): Cost => ({
  ms: one.ms + other.ms,
  cpuMs: one.cpuMs + other.cpuMs,
  walMegabytes: one.walMegabytes + other.walMegabytes,
  megabytesLeft,
});

/** 0 for what is not there. */
const sizeOf = async (pool: Pool, table: string): Promise<number> => {
  const { rows } = await pool.query<{ bytes: number }>(
    `SELECT coalesce(pg_total_relation_size(${table}), 0)::float8 AS bytes`,
  );
  return (rows[0]?.bytes ?? 0) / 1e6;
};
