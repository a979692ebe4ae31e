import { fileURLToPath } from 'node:url';

/** Where the kit's own tables come from: `migrate({ databaseUrl, ...kitMigrations })`, before the app's migrations. */
export const kitMigrations = {
  folder: fileURLToPath(new URL('../migrations', import.meta.url)),
  ledger: 'projection_migration',
} as const;
