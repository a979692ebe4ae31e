import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@orderline/local-stack';
import { migrate } from '@orderline/postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@orderline/testing';
import { expect, inject, onTestFinished } from 'vitest';
import { lastWords } from '../support/last-words.ts';
import '../support/provided.ts';
import type { Victim } from './crash-points.ts';
import type { SourceEdit } from './planted/plant.ts';
import { projectors, type Place, type ProjectorName } from './projectors.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const plant = new URL('planted/plant.ts', import.meta.url).href;

export type Instance = Victim & {
  readonly url: string;
  /** Resolves with how it ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type OwnProjector = {
  readonly name: ProjectorName;
  /** Superuser's address of the database that all its instances share. */
  readonly databaseUrl: string;
  /** Where it can be asked, through one of its instances. */
  at(instance: Instance): Place;
  /** Another process of it; resolves when it is ready. */
  start(build?: Build): Promise<Instance>;
};

export type Build = {
  /** Text that makes its consumer groups other ones. */
  readonly group?: string;
  /** What is otherwise in its sources than in the repository's. */
  readonly edits?: readonly SourceEdit[];
};

/**
 * A projector of the real topic beside those of the stack: the same app on a database and in groups of its own, killed and
 * started as a test likes, and gone with it.
 */
export const ownProjector = async (name: ProjectorName): Promise<OwnProjector> => {
  const role = projectors[name].database;
  const database = await createTestDatabase(inject('stack').ordersUrl, `${role}_owner`);
  const running = new Set<Instance>();
  onTestFinished(async () => {
    await Promise.all([...running].map((instance) => instance.end('SIGKILL')));
    await database.drop();
  });
  const owner = database.urlOf(`${role}_owner`);
  await migrate({
    databaseUrl: owner,
    folder: join(repository, 'libs/projection/migrations'),
    ledger: 'projection_migration',
  });
  await migrate({
    databaseUrl: owner,
    folder: join(repository, `apps/${name}-projector/migrations`),
    ledger: 'app_migration',
  });
  const prefix = `${randomUUID().slice(0, 8)}-`;
  return {
    name,
    databaseUrl: database.adminUrl,
    at: ({ url }) => ({ name, url, databaseUrl: database.adminUrl }),
    start: async ({ group = '', edits = [] } = {}) => {
      const instance = await launch(name, database, { groupPrefix: prefix + group, edits });
      running.add(instance);
      await instance.ready();
      return instance;
    },
  };
};

const launch = async (
  name: ProjectorName,
  database: TestDatabase,
  { groupPrefix, edits }: { groupPrefix: string; edits: readonly SourceEdit[] },
): Promise<Instance & { ready(): Promise<void> }> => {
  const { kafkaBrokers, registryUrl } = inject('stack');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const main = join(repository, `apps/${name}-projector/src/main.ts`);
  const preloaded = edits.length === 0 ? ['tsx'] : ['tsx', plant];
  const child = spawn(process.execPath, [...preloaded.flatMap((module) => ['--import', module]), main], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: join(repository, '.orderline/compile-cache'),
      PORT: String(port),
      DATABASE_URL: database.urlOf(`${projectors[name].database}_app`),
      KAFKA_BROKERS: kafkaBrokers.join(','),
      SCHEMA_REGISTRY_URL: registryUrl,
      KAFKA_GROUP_PREFIX: groupPrefix,
      LOG_LEVEL: 'warn',
      PLANTED_EDITS: JSON.stringify(edits),
    },
  });
  const said = lastWords(child);
  return {
    url,
    groupId: `${groupPrefix}${name}-projector.main`,
    brokers: kafkaBrokers,
    ready: () =>
      eventually(
        async () => {
          expect(child.exitCode, said()).toBeNull();
          expect((await fetch(`${url}/health/ready`)).status, said()).toBe(200);
        },
        { withinMs: 60_000, everyMs: 50 },
      ),
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return { code: child.exitCode, signal: child.signalCode };
    },
  };
};
