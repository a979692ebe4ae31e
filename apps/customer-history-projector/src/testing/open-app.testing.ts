import { migrate } from '@orderline/postgres';
import { kitMigrations } from '@orderline/projection';
import { startService } from '@orderline/service-host';
import { createTestDatabase } from '@orderline/testing';
import { inject } from 'vitest';
import { CustomerHistoryModule } from '../app.module.ts';
import { readConfig } from '../config.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type OpenApp = {
  /** As the role that runs the app. */
  readonly databaseUrl: string;
  readonly adminUrl: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  close(): Promise<void>;
};

/** The app on a database of its own, with no broker to be reached: what it shows is fed by instances beside it. */
export const openApp = async (): Promise<OpenApp> => {
  const database = await createTestDatabase(inject('postgresUrl'), 'customer_history_owner');
  const ownerUrl = database.urlOf('customer_history_owner');
  await migrate({ databaseUrl: ownerUrl, ...kitMigrations });
  const folder = new URL('../../migrations', import.meta.url).pathname;
  await migrate({ databaseUrl: ownerUrl, folder, ledger: 'app_migration' });
  const databaseUrl = database.urlOf('customer_history_app');
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    KAFKA_BROKERS: '127.0.0.1:9',
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9',
  });
  const identity = { name: 'customer-history-projector', version: '0', description: 'spec' };
  const service = await startService({ ...identity, module: CustomerHistoryModule.with(config), config });
  return {
    databaseUrl,
    adminUrl: database.adminUrl,
    get: async (path, headers = {}) => {
      const answer = await fetch(service.url + path, { headers });
      return { status: answer.status, headers: answer.headers, body: await answer.json() };
    },
    close: async () => {
      await service.stop();
      await database.drop();
    },
  };
};
