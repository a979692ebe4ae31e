import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@orderline/local-stack';
import { migrate } from '@orderline/postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@orderline/testing';
import { expect } from 'vitest';
import { lastWords } from '../support/last-words.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export type App = {
  readonly url: string;
  /** Superuser's address of its database. */
  readonly databaseUrl: string;
  /** Throws, with its last words, where the process has ended. */
  expectAlive(): void;
  /** Resident memory in bytes, as its metrics say. */
  memory(): Promise<number>;
  stop(): Promise<void>;
};

type Place = {
  readonly folder: string;
  /** Whose roles run the app and its migrations: `<role>_app`, `<role>_owner`. */
  readonly role: string;
  readonly migrations: readonly { readonly folder: string; readonly ledger: string }[];
  /** Beside those of every app; without an address there is no broker and no registry to be reached. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly prepare?: (ownerUrl: string) => Promise<void>;
};

/** A process of the app on a database of its own. */
export const startApp = async (
  postgresUrl: string,
  { folder, role, migrations, settings = {}, prepare }: Place,
): Promise<App> => {
  const database = await createTestDatabase(postgresUrl, `${role}_owner`);
  const owner = database.urlOf(`${role}_owner`);
  for (const { folder: of, ledger } of migrations) {
    await migrate({ databaseUrl: owner, folder: join(repository, of), ledger });
  }
  await prepare?.(owner);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = launch(folder, { DATABASE_URL: database.urlOf(`${role}_app`), PORT: String(port), ...settings });
  const said = lastWords(child);
  const expectAlive = (): void => {
    expect(child.exitCode ?? child.signalCode, said()).toBeNull();
  };
  const live = async (): Promise<void> => {
    expectAlive();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  };
  await eventually(live, { withinMs: 60_000, everyMs: 50 });
  return {
    url,
    databaseUrl: database.adminUrl,
    expectAlive,
    memory: () => memoryOf(url),
    stop: () => end(child, database),
  };
};

const launch = (folder: string, settings: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', join(repository, folder, 'src/main.ts')], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(repository, '.orderline/compile-cache'),
      KAFKA_BROKERS: '127.0.0.1:9',
      SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9',
      LOG_LEVEL: 'error',
      ...settings,
    },
  });

const end = async (child: ChildProcess, database: TestDatabase): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await database.drop();
};

const memoryOf = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes\S* (\S+)/mu.exec(text)?.[1]);
};
