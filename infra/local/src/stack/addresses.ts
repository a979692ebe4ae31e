import { localPassword } from '../postgres/start-postgres.ts';
import type { Ports } from '../ports/port-plan.ts';

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

export const localAddresses = (ports: Ports): Addresses => ({
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
