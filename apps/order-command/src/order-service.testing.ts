import { fileURLToPath } from 'node:url';
import { contractSchemas } from '@orderline/contracts';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { startService, type RunningService } from '@orderline/service-host';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { OrderCommandModule } from './app.module.ts';
import { readConfig } from './config.ts';
import { identity } from './identity.ts';

/** A database of its own with the real migrations and made-up schema ids, as deployment leaves it. */
export const createOrdersDatabase = async (serverUrl: string): Promise<TestDatabase & { owner: Pool }> => {
  const database = await createTestDatabase(serverUrl, 'orders_owner');
  await migrate({
    databaseUrl: database.urlOf('orders_owner'),
    folder: fileURLToPath(new URL('../migrations', import.meta.url)),
    ledger: 'migration',
  });
  const owner = createPool({ databaseUrl: database.urlOf('orders_owner'), applicationName: 'spec', max: 2 });
  for (const [index, { subject, fingerprint }] of contractSchemas.entries()) {
    await owner.query('INSERT INTO schema_id VALUES ($1, $2, $3)', [subject, fingerprint, index + 1]);
  }
  const drop = async (): Promise<void> => {
    await owner.end();
    await database.drop();
  };
  return { ...database, owner, drop };
};

/** The real app in this process, on a free port. */
export const startOrderCommand = (
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<RunningService> => {
  const config = readConfig({ DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: 'silent', ...settings });
  return startService({ ...identity, module: OrderCommandModule.with(config), config });
};

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> & { code?: string } };

/** Sends `body` as JSON (a string goes as it is) and reads the JSON answer. */
export type Send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export const client =
  (url: string): Send =>
  async (method, path, body, headers = {}) => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  };
