import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyRoles, startPostgres, type PostgresSettings, type RunningPostgres } from '@orderline/local-stack';
import { migrate } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';

/** The orders database as deployed, and an empty one for those that bring their own tables. */
export type BenchServer = {
  readonly server: RunningPostgres;
  readonly orders: TestDatabase;
  readonly empty: TestDatabase;
};

/**
 * A PostgreSQL of this run alone, with the settings of the local stack (fsync on), its data beside the local stack's: the
 * folder for temporary files may be in memory. Stopped and removed afterwards, also by Ctrl-C.
 */
export const onDiskServer = (work: (server: BenchServer) => Promise<void>): Promise<void> =>
  withFolder(async (folder, whenLeaving) => {
    const server = await startPostgres({ folder, throwaway: true });
    whenLeaving(server.stop);
    await applyRoles(server.adminUrl);
    const orders = await createTestDatabase(server.adminUrl, 'orders_owner');
    await migrateOrders(orders);
    await work({ server, orders, empty: await createTestDatabase(server.adminUrl, 'orders_owner') });
  });

/**
 * As `onDiskServer` with what `fill` made of databases before it: by a server that keeps no log of rows in tables which their
 * own transaction has made, which was then stopped in order.
 */
export const filledServer = <Filled>(
  fill: (adminUrl: string) => Promise<Filled>,
  work: (filled: Filled) => Promise<void>,
): Promise<void> =>
  withFolder(async (folder, whenLeaving) => {
    const settings: PostgresSettings['settings'] = { wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '8GB' };
    const first = await startPostgres({ folder, settings });
    whenLeaving(first.stop);
    await applyRoles(first.adminUrl);
    const filled = await fill(first.adminUrl);
    await first.stop();
    const server = await startPostgres({ folder, port: first.port, throwaway: true });
    whenLeaving(server.stop);
    await work(filled);
  });

export const migrateOrders = async (orders: TestDatabase): Promise<void> => {
  const folder = join(import.meta.dirname, '../../../apps/order-command/migrations');
  await migrate({ databaseUrl: orders.urlOf('orders_owner'), folder, ledger: 'orders_migration' });
};

type Stop = () => Promise<void>;

const withFolder = async (
  work: (folder: string, whenLeaving: (stop: Stop) => void) => Promise<void>,
): Promise<void> => {
  const home = resolve(process.env['ORDERLINE_HOME'] ?? '.orderline');
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'bench-'));
  const stops: Stop[] = [];
  const clear = async (): Promise<void> => {
    for (const stop of stops.toReversed()) await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const leave = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    await work(folder, (stop) => stops.push(stop));
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await clear();
  }
};
