import { join } from 'node:path';
import type { Ports } from '../ports/port-plan.ts';
import { databaseUrl, type Addresses } from '../stack/addresses.ts';
import type { StackApp } from '../stack/apps.ts';
import { repository } from '../stack/repository.ts';
import { httpReady } from './http-ready.ts';
import type { Part } from './part.ts';

export type AppSurroundings = {
  readonly addresses: Addresses;
  readonly ports: Ports;
  /** Settings on top, for this app only. */
  readonly env?: Readonly<Record<string, string>>;
  readonly compileCache: string;
};

/** An app of this repository, run from its sources by the Node that runs this. */
export const appPart = (app: StackApp, around: AppSurroundings): Part => {
  const port = around.ports[app.name];
  return {
    name: app.name,
    prepare: () => ({
      file: process.execPath,
      args: ['--import', 'tsx', join(repository, 'apps', app.folder, 'src', 'main.ts')],
      cwd: repository,
      env: { ...appEnvironment(app, port, around.addresses), NODE_COMPILE_CACHE: around.compileCache, ...around.env },
    }),
    isReady: () => httpReady(`http://127.0.0.1:${port}/health/ready`),
    readyWithinMs: 60_000,
    stop: { signal: 'SIGTERM', withinMs: 15_000 },
  };
};

export const appEnvironment = (app: StackApp, port: number, addresses: Addresses): Record<string, string> => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: String(port),
  DATABASE_URL: databaseUrl(addresses, app.database, roleOf(app)),
  ...(app.kind === 'projector' && {
    KAFKA_BROKERS: addresses.kafkaBrokers.join(','),
    SCHEMA_REGISTRY_URL: addresses.registryUrl,
  }),
  ...(app.kind === 'supervisor' && {
    KAFKA_BROKERS: addresses.kafkaBrokers.join(','),
    CONNECT_URL: addresses.connectUrl,
  }),
});

const roleOf = ({ kind, database }: StackApp): string =>
  kind === 'supervisor' ? `${database}_relay` : `${database}_app`;
