import { localPassword } from '../postgres/start-postgres.ts';
import type { Ports } from '../ports/port-plan.ts';
import type { StackMode } from './mode.ts';

/** Where the servers of a stack are, whoever runs them. */
export type Addresses = {
  /** A superuser's, database `postgres`. */
  readonly adminUrl: string;
  /** host:port */
  readonly kafkaBrokers: readonly string[];
  readonly connectUrl: string;
  /** The registry's Confluent API. */
  readonly registryUrl: string;
};

/** A stack's servers on this machine's ports, or where the environment says that somebody else runs them. */
export const addressesOf = (mode: StackMode, env: NodeJS.ProcessEnv, ports: Ports): Addresses => {
  const local = localAddresses(ports);
  if (mode !== 'external') return local;
  return {
    adminUrl: env['ORDERLINE_POSTGRES_URL'] ?? local.adminUrl,
    kafkaBrokers: env['ORDERLINE_KAFKA_BROKERS']?.split(',') ?? local.kafkaBrokers,
    connectUrl: env['ORDERLINE_CONNECT_URL'] ?? local.connectUrl,
    registryUrl: env['ORDERLINE_REGISTRY_URL'] ?? local.registryUrl,
  };
};

const localAddresses = (ports: Ports): Addresses => ({
  adminUrl: `postgres://postgres:${localPassword}@127.0.0.1:${ports.postgres}/postgres`,
  kafkaBrokers: [`127.0.0.1:${ports.kafka}`],
  connectUrl: `http://127.0.0.1:${ports.connect}`,
  registryUrl: `http://127.0.0.1:${ports.registry}/apis/ccompat/v7`,
});

/** The address of a database for one role of the cluster, or for the superuser. */
export const databaseUrl = ({ adminUrl }: Pick<Addresses, 'adminUrl'>, database: string, role?: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role;
    url.password = localPassword;
  }
  return url.href;
};
