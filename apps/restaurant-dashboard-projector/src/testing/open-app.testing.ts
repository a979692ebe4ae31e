import { migrate } from '@orderline/postgres';
import { kitMigrations } from '@orderline/projection';
import { startService, type RunningService } from '@orderline/service-host';
import { createTestDatabase } from '@orderline/testing';
import { inject } from 'vitest';
import { RestaurantDashboardModule } from '../app.module.ts';
import { readConfig } from '../config.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type OpenApp = {
  /** As the role that runs the app. */
  readonly databaseUrl: string;
  readonly adminUrl: string;
  /** The first instance, which `get` asks. */
  readonly url: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** One more instance of the app. */
  another(): Promise<RunningService>;
  close(): Promise<void>;
};

/** The app on a database of its own, with no broker to be reached: what it shows is fed by instances beside it. */
export const openApp = async (): Promise<OpenApp> => {
  const database = await createTestDatabase(inject('postgresUrl'), 'restaurant_dashboard_owner');
  const ownerUrl = database.urlOf('restaurant_dashboard_owner');
  await migrate({ databaseUrl: ownerUrl, ...kitMigrations });
  const folder = new URL('../../migrations', import.meta.url).pathname;
  await migrate({ databaseUrl: ownerUrl, folder, ledger: 'app_migration' });
  const databaseUrl = database.urlOf('restaurant_dashboard_app');
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    KAFKA_BROKERS: '127.0.0.1:9',
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9',
  });
  const identity = { name: 'restaurant-dashboard-projector', version: '0', description: 'spec' };
  const start = () => startService({ ...identity, module: RestaurantDashboardModule.with(config), config });
  const service = await start();
  return {
    databaseUrl,
    adminUrl: database.adminUrl,
    url: service.url,
    get: async (path, headers = {}) => {
      const answer = await fetch(service.url + path, { headers });
      return { status: answer.status, headers: answer.headers, body: await answer.json() };
    },
    another: start,
    close: async () => {
      await service.stop();
      await database.drop();
    },
  };
};
