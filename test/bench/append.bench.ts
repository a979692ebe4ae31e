import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEventStore, eventStoreSession } from '@orderline/event-store';
import { applyRoles, startPostgres } from '@orderline/local-stack';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase } from '@orderline/testing';
import { closedLoop } from './append/closed-loop.ts';
import { plainTransaction } from './append/plain-transaction.ts';
import { newOrder } from './append/sample-order.ts';
import { findPgbench, insertByPg, plainTable, runPgbench } from './append/single-insert.ts';
import { measureArms, type Arm, type ComparisonResult } from './measure-arms.ts';

const SECONDS = 1.5;

/**
 * A new order's event with outbox row, recorded_at and hash, durable, by 1, 4, 16 and 64 callers: against a single-table
 * insert of the same bytes by pgbench (the floor), the same by pg, and the usual transaction of five round trips.
 */
export const run = async (report: (result: ComparisonResult) => void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-bench-'));
  const server = await startPostgres({ folder, throwaway: true });
  try {
    await applyRoles(server.adminUrl);
    const database = await createTestDatabase(server.adminUrl, 'orders_owner');
    const migrations = join(import.meta.dirname, '../../apps/order-command/migrations');
    await migrate({ databaseUrl: database.urlOf('orders_owner'), folder: migrations, ledger: 'orders_migration' });
    const applicationName = 'append bench';
    const floor = createPool({ databaseUrl: database.adminUrl, applicationName, max: 64 });
    const databaseUrl = database.urlOf('orders_app');
    const pool = createPool({ databaseUrl, applicationName, max: 64, session: eventStoreSession });
    await floor.query(plainTable);
    for (const callers of [1, 4, 16, 64]) {
      const arms = armsOf(floor, pool, database.adminUrl, callers);
      const against = arms[0]?.name ?? '';
      report(await measureArms({ title: `${callers} callers`, unit: 'appends/s', arms, against }));
    }
    await Promise.all([floor.end(), pool.end()]);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const armsOf = (floor: Pool, pool: Pool, floorUrl: string, callers: number): Arm[] => {
  const arm = (name: string, act: () => Promise<unknown>): Arm => ({
    name,
    round: () => closedLoop(act, callers, SECONDS),
  });
  const alone = createEventStore(pool, { flushesInFlight: callers, appendsPerFlush: 1 });
  const grouped = createEventStore(pool);
  const pgbench = findPgbench();
  const floorArm: Arm[] =
    pgbench === undefined
      ? []
      : [{ name: 'pgbench, one insert', round: () => Promise.resolve(runPgbench(pgbench, floorUrl, callers, 2)) }];
  if (pgbench === undefined) console.log('no pgbench here (Debian: package postgresql): measured against pg instead');
  return [
    ...floorArm,
    arm('pg, one insert', insertByPg(floor)),
    arm('BEGIN SELECT INSERT INSERT COMMIT', plainTransaction(pool)),
    arm('event store, one append per flush', () => alone.append(newOrder())),
    arm('event store, grouped', () => grouped.append(newOrder())),
  ];
};
