import {
  brokersSetting,
  hostConfig,
  hostSettings,
  integerSetting,
  parseConfig,
  type HostConfig,
} from '@orderline/service-host';
import { z } from 'zod';

const localProjectors = [
  'order-summary=http://127.0.0.1:3001',
  'restaurant-dashboard=http://127.0.0.1:3002',
  'customer-history=http://127.0.0.1:3003',
  'analytics=http://127.0.0.1:3004',
].join(',');

const withoutSlash = (url: string): string => url.replace(/\/$/u, '');

const addressOf = (what: string, local: string) =>
  z
    .url({ protocol: /^https?$/u })
    .default(local)
    .transform(withoutSlash)
    .describe(`the address of ${what} (default ${local})`);

const settings = z.object({
  ...hostSettings({ port: 3010 }),
  ORDER_COMMAND_URL: addressOf('order-command', 'http://127.0.0.1:3000'),
  RELAY_SUPERVISOR_URL: addressOf('the relay supervisor', 'http://127.0.0.1:3005'),
  CONNECT_URL: addressOf("Kafka Connect's REST routes", 'http://127.0.0.1:18083'),
  REGISTRY_URL: addressOf("the schema registry's Confluent API", 'http://127.0.0.1:18081/apis/ccompat/v7'),
  KAFKA_BROKERS: brokersSetting(),
  PROJECTOR_URLS: z
    .string()
    .regex(/^[\w-]+=https?:\/\/[^\s,=]+(,[\w-]+=https?:\/\/[^\s,=]+)*$/u)
    .default(localProjectors)
    .describe(`projectors as name=address, separated by commas (default ${localProjectors})`),
  CONSOLE_HOSTS: z
    .string()
    .regex(/^[^\s,]+(,[^\s,]+)*$/u)
    .optional()
    .describe('further names that the console is reached by, separated by commas (default none but the loopback ones)'),
  LOOK_EVERY_MS: integerSetting('milliseconds', { min: 200, max: 60_000, default: 1_000 }),
});

/** A projector that is watched; its name is that of the app. */
export type ProjectorPlace = { readonly name: string; readonly url: string };

/** Everything the console can be told from outside. */
export type Config = HostConfig &
  Readonly<{
    commandUrl: string;
    supervisorUrl: string;
    connectUrl: string;
    registryUrl: string;
    brokers: readonly string[];
    projectors: readonly ProjectorPlace[];
    /** Host names beside the loopback ones. */
    hosts: readonly string[];
    /** How often everything is looked at while somebody watches. */
    lookEveryMs: number;
  }>;

/** Throws InvalidConfig with every wrong setting. */
export const readConfig = (environment: Record<string, string | undefined> = process.env): Config => {
  const given = parseConfig(settings, environment);
  return Object.freeze({
    ...hostConfig(given),
    commandUrl: given.ORDER_COMMAND_URL,
    supervisorUrl: given.RELAY_SUPERVISOR_URL,
    connectUrl: given.CONNECT_URL,
    registryUrl: given.REGISTRY_URL,
    brokers: given.KAFKA_BROKERS.split(','),
    projectors: given.PROJECTOR_URLS.split(',').map(placeOf),
    hosts: given.CONSOLE_HOSTS?.split(',') ?? [],
    lookEveryMs: given.LOOK_EVERY_MS,
  });
};

const placeOf = (text: string): ProjectorPlace => {
  const [name = '', url = ''] = text.split('=');
  return { name, url: withoutSlash(url) };
};
