import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { databaseUrl, freePort, type stackApps } from '@orderline/local-stack';
import { eventually } from '@orderline/testing';

export type Servers = {
  readonly adminUrl: string;
  readonly kafkaBrokers: readonly string[];
  readonly registryUrl: string;
};
type AppWithDatabase = Extract<(typeof stackApps)[number], { readonly database: string }>;
export type Instance = { readonly url: string; stop(): Promise<void> };

const repository = resolve(import.meta.dirname, '../../..');

/** Another process of an app of the stack, on a port of its own and else with the same settings; resolves when it is ready. */
export const secondInstance = async (app: AppWithDatabase, servers: Servers): Promise<Instance> => {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', join(repository, 'apps', app.folder, 'src/main.ts')], {
    cwd: repository,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: join(repository, '.orderline/compile-cache'),
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      DATABASE_URL: databaseUrl(servers, app.database, `${app.database}_app`),
      KAFKA_BROKERS: servers.kafkaBrokers.join(','),
      SCHEMA_REGISTRY_URL: servers.registryUrl,
    },
  });
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`${app.name} has ended with ${child.exitCode}`);
      if (!(await fetch(`${url}/health/ready`)).ok) throw new Error(`${app.name} is not ready`);
    },
    { withinMs: 60_000, everyMs: 100 },
  );
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
