import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@orderline/postgres';
import { databaseUrl, type Addresses } from '../stack/addresses.ts';
import { hasDatabase, type DatabaseApp, type StackApp } from '../stack/apps.ts';
import { repository } from '../stack/repository.ts';

const kitFolder = join(repository, 'libs', 'projection', 'migrations');
const relayFolder = join(repository, 'infra', 'postgres', 'relay');

/**
 * Brings the databases of these apps up to date, side by side: a projector's with the projection library's own tables first.
 * Last the relay's slot, which the publication must precede. Answers with what was applied.
 */
export const migrateDatabases = async (addresses: Addresses, apps: readonly StackApp[]): Promise<string[]> => {
  const applied = await Promise.all(apps.filter(hasDatabase).map((app) => migrateApp(addresses, app)));
  const slot = await migrate({
    databaseUrl: databaseUrl(addresses, 'orders'),
    folder: relayFolder,
    ledger: 'relay_migration',
  });
  return [...applied.flat(), ...slot];
};

const migrateApp = async (addresses: Addresses, app: DatabaseApp): Promise<string[]> => {
  const owner = databaseUrl(addresses, app.database, `${app.database}_owner`);
  const own = join(repository, 'apps', app.folder, 'migrations');
  const kit =
    app.kind === 'projector'
      ? await migrate({ databaseUrl: owner, folder: kitFolder, ledger: 'projection_migration' })
      : [];
  if (!existsSync(own)) return kit;
  return [...kit, ...(await migrate({ databaseUrl: owner, folder: own, ledger: 'app_migration' }))];
};
