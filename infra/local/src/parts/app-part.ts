import { join } from 'node:path';
import type { PortName, Ports } from '../ports/port-plan.ts';
import { databaseUrl, type Addresses } from '../stack/addresses.ts';
import { stackApps, type StackApp } from '../stack/apps.ts';
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
  const urlOf: UrlOf = (name) => `http://127.0.0.1:${around.ports[name]}`;
  const port = around.ports[app.name];
  return {
    name: app.name,
    prepare: () => ({
      file: process.execPath,
      args: ['--import', 'tsx', join(repository, 'apps', app.folder, 'src', 'main.ts')],
      cwd: repository,
      env: {
        ...appEnvironment(app, port, around.addresses, urlOf),
        NODE_COMPILE_CACHE: around.compileCache,
        ...around.env,
      },
    }),
    isReady: () => httpReady(`http://127.0.0.1:${port}/health/ready`),
    readyWithinMs: 60_000,
    stop: { signal: 'SIGTERM', withinMs: 15_000 },
  };
};

/** Where an app of the stack is reached from another one. */
type UrlOf = (name: PortName) => string;

export const appEnvironment = (
  app: StackApp,
  port: number,
  addresses: Addresses,
  urlOf: UrlOf,
): Record<string, string> => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: String(port),
  ...ownSettings(app, addresses, urlOf),
});

const ownSettings = (app: StackApp, addresses: Addresses, urlOf: UrlOf): Record<string, string> => {
  const brokers = { KAFKA_BROKERS: addresses.kafkaBrokers.join(',') };
  switch (app.kind) {
    case 'command':
      return { DATABASE_URL: databaseUrl(addresses, app.database, `${app.database}_app`) };
    case 'projector': {
      const database = { DATABASE_URL: databaseUrl(addresses, app.database, `${app.database}_app`) };
      return { ...database, ...brokers, SCHEMA_REGISTRY_URL: addresses.registryUrl };
    }
    case 'supervisor': {
      const database = { DATABASE_URL: databaseUrl(addresses, app.database, `${app.database}_relay`) };
      return { ...database, ...brokers, CONNECT_URL: addresses.connectUrl };
    }
    case 'console':
      return { ...brokers, ...consoleSettings(addresses, urlOf) };
  }
};

const consoleSettings = (addresses: Addresses, urlOf: UrlOf): Record<string, string> => ({
  ORDER_COMMAND_URL: urlOf('order-command'),
  RELAY_SUPERVISOR_URL: urlOf('relay-supervisor'),
  CONNECT_URL: addresses.connectUrl,
  REGISTRY_URL: addresses.registryUrl,
  PROJECTOR_URLS: stackApps
    .filter(({ kind }) => kind === 'projector')
    .map(({ name }) => `${name}=${urlOf(name)}`)
    .join(','),
});
