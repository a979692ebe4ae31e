import { databaseUrlSetting, hostSettings, parseConfig } from '@orderline/service-host';
import { z } from 'zod';

const settings = z.object({
  ...hostSettings({ port: 3003 }),
  DATABASE_URL: databaseUrlSetting(),
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s,]+:\d+(,[^\s,]+:\d+)*$/u)
    .default('127.0.0.1:19092')
    .describe('brokers as host:port, separated by commas (default 127.0.0.1:19092)'),
  KAFKA_GROUP_PREFIX: z.string().default('').describe('text before the names of the consumer groups (default none)'),
  SCHEMA_REGISTRY_URL: z
    .url({ protocol: /^https?$/u })
    .default('http://127.0.0.1:18081/apis/ccompat/v7')
    .describe('the Confluent API of the schema registry (default http://127.0.0.1:18081/apis/ccompat/v7)'),
});

/** Everything the projector can be told from outside. */
export type Config = Readonly<{
  host: string;
  port: number;
  logLevel: string;
  shutdownTimeoutMs: number;
  databaseUrl: string;
  brokers: readonly string[];
  groupPrefix: string;
  registryUrl: string;
}>;

/** Throws InvalidConfig with every wrong setting. */
export const readConfig = (environment: Record<string, string | undefined> = process.env): Config => {
  const given = parseConfig(settings, environment);
  return Object.freeze({
    host: given.HOST,
    port: given.PORT,
    logLevel: given.LOG_LEVEL,
    shutdownTimeoutMs: given.SHUTDOWN_TIMEOUT_MS,
    databaseUrl: given.DATABASE_URL,
    brokers: given.KAFKA_BROKERS.split(','),
    groupPrefix: given.KAFKA_GROUP_PREFIX,
    registryUrl: given.SCHEMA_REGISTRY_URL,
  });
};
