import {
  brokersSetting,
  databaseUrlSetting,
  hostConfig,
  hostSettings,
  parseConfig,
  type HostConfig,
} from '@orderline/service-host';
import { z } from 'zod';
import { orderTopic } from './order-topic.ts';

/** Everything that a projector can be told from outside. */
export type ProjectorConfig = HostConfig &
  Readonly<{
    databaseUrl: string;
    brokers: readonly string[];
    /** Where the events of orders are. */
    topic: string;
    /** Text before the names of the consumer groups, so that several stacks may share a broker. */
    groupPrefix: string;
    registryUrl: string;
  }>;

const settings = (port: number) =>
  z.object({
    ...hostSettings({ port }),
    DATABASE_URL: databaseUrlSetting(),
    KAFKA_BROKERS: brokersSetting(),
    ORDER_TOPIC: z
      .string()
      .regex(/^[\w.-]{1,249}$/u)
      .default(orderTopic.topic)
      .describe(`the topic with the events of orders (default ${orderTopic.topic})`),
    KAFKA_GROUP_PREFIX: z.string().default('').describe('text before the names of the consumer groups (default none)'),
    SCHEMA_REGISTRY_URL: z
      .url({ protocol: /^https?$/u })
      .default('http://127.0.0.1:18081/apis/ccompat/v7')
      .describe('the Confluent API of the schema registry (default http://127.0.0.1:18081/apis/ccompat/v7)'),
  });

/** Reads the settings of a projector whose port is `port` unless PORT says otherwise. Throws InvalidConfig with every wrong one. */
export const readProjectorConfig = (
  { port }: { readonly port: number },
  environment: Record<string, string | undefined> = process.env,
): ProjectorConfig => {
  const given = parseConfig(settings(port), environment);
  return Object.freeze({
    ...hostConfig(given),
    databaseUrl: given.DATABASE_URL,
    brokers: given.KAFKA_BROKERS.split(','),
    topic: given.ORDER_TOPIC,
    groupPrefix: given.KAFKA_GROUP_PREFIX,
    registryUrl: given.SCHEMA_REGISTRY_URL,
  });
};
