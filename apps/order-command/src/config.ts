import {
  databaseUrlSetting,
  hostConfig,
  hostSettings,
  integerSetting,
  parseConfig,
  type HostConfig,
} from '@orderline/service-host';
import { z } from 'zod';

const settings = z.object({
  ...hostSettings({ port: 3000 }),
  DATABASE_URL: databaseUrlSetting(),
  DATABASE_POOL_SIZE: integerSetting('connections to the database', { min: 1, max: 100, default: 10 }),
  DATABASE_CONNECT_TIMEOUT_MS: integerSetting('milliseconds', { min: 100, max: 60_000, default: 2_000 }),
  DATABASE_QUERY_TIMEOUT_MS: integerSetting('milliseconds', { min: 100, max: 60_000, default: 6_000 }),
  SNAPSHOT_EVERY: integerSetting('versions between two snapshots of an order', {
    min: 2,
    max: 1_000_000,
    default: 50,
  }),
  MAX_PENDING_REQUESTS: integerSetting('requests in hand at once', { min: 1, max: 100_000, default: 512 }),
  MAX_PENDING_PER_ORDER: integerSetting('commands that wait for one order', { min: 1, max: 10_000, default: 128 }),
});

/** Everything order-command can be told from outside. */
export type Config = HostConfig &
  Readonly<{
    databaseUrl: string;
    databasePoolSize: number;
    databaseConnectTimeoutMs: number;
    databaseQueryTimeoutMs: number;
    snapshotEvery: number;
    mostPendingRequests: number;
    mostPendingPerOrder: number;
  }>;

/** Throws InvalidConfig with every wrong setting. */
export const readConfig = (environment: Record<string, string | undefined> = process.env): Config => {
  const given = parseConfig(settings, environment);
  return Object.freeze({
    ...hostConfig(given),
    databaseUrl: given.DATABASE_URL,
    databasePoolSize: given.DATABASE_POOL_SIZE,
    databaseConnectTimeoutMs: given.DATABASE_CONNECT_TIMEOUT_MS,
    databaseQueryTimeoutMs: given.DATABASE_QUERY_TIMEOUT_MS,
    snapshotEvery: given.SNAPSHOT_EVERY,
    mostPendingRequests: given.MAX_PENDING_REQUESTS,
    mostPendingPerOrder: given.MAX_PENDING_PER_ORDER,
  });
};
