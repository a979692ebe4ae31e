import {
  brokersSetting,
  databaseUrlSetting,
  hostConfig,
  hostSettings,
  integerSetting,
  parseConfig,
  type HostConfig,
} from '@orderline/service-host';
import { z } from 'zod';

const settings = z.object({
  ...hostSettings({ port: 3005 }),
  DATABASE_URL: databaseUrlSetting(),
  KAFKA_BROKERS: brokersSetting(),
  CONNECT_URL: z
    .url({ protocol: /^https?$/u })
    .default('http://127.0.0.1:18083')
    .describe('the REST address of Kafka Connect (default http://127.0.0.1:18083)'),
  RELAY_CONNECTOR: z.string().default('orderline-outbox').describe("the connector's name (default orderline-outbox)"),
  RELAY_SLOT: z
    .string()
    .regex(/^[a-z0-9_]{1,63}$/u)
    .default('orderline_outbox')
    .describe("the replication slot's name (default orderline_outbox)"),
  RELAY_HEARTBEAT_TOPIC: z
    .string()
    .default('__debezium-heartbeat.orderline')
    .describe('the topic of the heartbeats (default __debezium-heartbeat.orderline)'),
  LOOK_EVERY_MS: integerSetting('milliseconds', { min: 100, max: 60_000, default: 2_000 }),
  HEARTBEAT_STALE_MS: integerSetting('milliseconds', { min: 1_000, max: 600_000, default: 12_000 }),
});

/** Everything the supervisor can be told from outside. */
export type Config = HostConfig &
  Readonly<{
    /** The orders database as orders_relay. */
    databaseUrl: string;
    brokers: readonly string[];
    connectUrl: string;
    connector: string;
    slot: string;
    heartbeatTopic: string;
    lookEveryMs: number;
    /** Heartbeats come every 5 s: after so long without one, something between the slot and the topic stands still. */
    heartbeatStaleMs: number;
  }>;

/** Throws InvalidConfig with every wrong setting. */
export const readConfig = (environment: Record<string, string | undefined> = process.env): Config => {
  const given = parseConfig(settings, environment);
  return Object.freeze({
    ...hostConfig(given),
    databaseUrl: given.DATABASE_URL,
    brokers: given.KAFKA_BROKERS.split(','),
    connectUrl: given.CONNECT_URL.replace(/\/$/u, ''),
    connector: given.RELAY_CONNECTOR,
    slot: given.RELAY_SLOT,
    heartbeatTopic: given.RELAY_HEARTBEAT_TOPIC,
    lookEveryMs: given.LOOK_EVERY_MS,
    heartbeatStaleMs: given.HEARTBEAT_STALE_MS,
  });
};
