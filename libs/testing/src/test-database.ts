import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of one spec file. `urlOf(role)` is its address as one of the cluster's roles; `drop` ends its sessions first. */
export type TestDatabase = {
  name: string;
  adminUrl: string;
  urlOf: (role: string) => string;
  drop: () => Promise<void>;
};

/** What every role of a local or test cluster has as its password; servers listen on loopback only. */
const localPassword = 'orderline';

/**
 * Creates an empty database with a name of its own on the server at `serverUrl` (a superuser's address), owned by `owner`
 * (a role of the cluster). Spec files never share one, so they run side by side.
 */
export const createTestDatabase = async (serverUrl: string, owner: string): Promise<TestDatabase> => {
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await asAdmin(serverUrl, `CREATE DATABASE ${name} OWNER ${pg.escapeIdentifier(owner)}`);
  return {
    name,
    adminUrl: withPath(serverUrl, name),
    urlOf: (role) => withUser(withPath(serverUrl, name), role),
    drop: () => asAdmin(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
};

const asAdmin = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const withPath = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

const withUser = (url: string, role: string): string => {
  const address = new URL(url);
  address.username = role;
  address.password = localPassword;
  return address.href;
};
