import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyRoles, startPostgres } from '@orderline/local-stack';
import { migrate } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';

/** The orders database as deployed, and an empty one for those that bring their own tables. */
export type BenchServer = { readonly orders: TestDatabase; readonly empty: TestDatabase };

/**
 * A PostgreSQL of this run alone, with the settings of the local stack (fsync on), its data beside the local stack's: the
 * folder for temporary files may be in memory. Stopped and removed afterwards, also by Ctrl-C.
 */
export const onDiskServer = async (work: (server: BenchServer) => Promise<void>): Promise<void> => {
  const home = resolve(process.env['ORDERLINE_HOME'] ?? '.orderline');
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'bench-'));
  const server = await startPostgres({ folder, throwaway: true });
  const clear = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const leave = (): void => void clear().finally(() => process.exit(130));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    await applyRoles(server.adminUrl);
    const orders = await createTestDatabase(server.adminUrl, 'orders_owner');
    const migrations = join(import.meta.dirname, '../../../apps/order-command/migrations');
    await migrate({ databaseUrl: orders.urlOf('orders_owner'), folder: migrations, ledger: 'orders_migration' });
    await work({ orders, empty: await createTestDatabase(server.adminUrl, 'orders_owner') });
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await clear();
  }
};
