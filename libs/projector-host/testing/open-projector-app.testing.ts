import { createPool, migrate, type Pool } from '@orderline/postgres';
import { kitMigrations } from '@orderline/projection';
import type { RunningService } from '@orderline/service-host';
import { createTestDatabase } from '@orderline/testing';
import { readProjectorConfig, startProjector, type ProjectorApp } from '../src/index.ts';

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type OpenApp = {
  readonly url: string;
  /** Of the role that runs the app. */
  readonly databaseUrl: string;
  /** As a superuser, for what a spec breaks or looks into. */
  readonly admin: Pool;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  /** One more instance of the app, for the caller to stop. */
  another(): Promise<RunningService>;
  close(): Promise<void>;
};

type Place = {
  /** A superuser's address of the server: vitest's `inject('postgresUrl')`. */
  readonly postgresUrl: string;
  /** Whose roles run the app and its migrations: `<name>_app`, `<name>_owner`. */
  readonly database: string;
  readonly migrations: URL;
};

/** An app on a database of its own, with no broker to be reached: what it shows is fed by instances of a handFedTopic beside it. */
export const openProjectorApp = async (app: ProjectorApp, place: Place): Promise<OpenApp> => {
  const database = await createTestDatabase(place.postgresUrl, `${place.database}_owner`);
  const ownerUrl = database.urlOf(`${place.database}_owner`);
  await migrate({ databaseUrl: ownerUrl, ...kitMigrations });
  await migrate({ databaseUrl: ownerUrl, folder: place.migrations.pathname, ledger: 'app_migration' });
  const databaseUrl = database.urlOf(`${place.database}_app`);
  const config = readProjectorConfig(app, {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    KAFKA_BROKERS: '127.0.0.1:9',
    SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9',
  });
  const service = await startProjector(app, config);
  const admin = createPool({ databaseUrl: database.adminUrl, applicationName: 'spec', max: 2 });
  const ask = async (path: string, request: RequestInit): Promise<Answer> => {
    const answer = await fetch(service.url + path, request);
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return {
    url: service.url,
    databaseUrl,
    admin,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, body) => ask(path, { method: 'POST', ...(body === undefined ? {} : jsonOf(body)) }),
    another: () => startProjector(app, config),
    close: async () => {
      await service.stop();
      await admin.end();
      await database.drop();
    },
  };
};

const jsonOf = (body: object): RequestInit => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
