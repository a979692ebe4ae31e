import kafkajs from 'kafkajs';
import type { Admin, ITopicMetadata, Kafka } from 'kafkajs';
import { isKafkaError, KafkaError } from './kafka-error.ts';
import { isUnknownTopic, topicMissing } from './topic-link.ts';

export type LogRange = {
  /** First offset still kept. */
  readonly earliest: bigint;
  /** Offset the next committed record will get or pass; open transactions are not counted. */
  readonly latest: bigint;
};

/** What a topic is set to be, asked for at the moment of the call. */
export type TopicSettings = {
  readonly clusterId: string;
  readonly topic: string;
  readonly partitionCount: number;
  /** `delete`, `compact` or `compact,delete`. */
  readonly cleanupPolicy: string;
  /** Milliseconds and bytes; -1 is unlimited. */
  readonly retentionMs: bigint;
  readonly retentionBytes: bigint;
};

export type TopicFacts = TopicSettings & { readonly ranges: ReadonlyMap<number, LogRange> };

const partitionsOf = async (admin: Admin, topic: string): Promise<ITopicMetadata['partitions']> => {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions ?? [];
  } catch (error) {
    throw isUnknownTopic(error) ? topicMissing(topic, error) : error;
  }
};

const configOf = async (admin: Admin, topic: string): Promise<Map<string, string>> => {
  const configNames = ['cleanup.policy', 'retention.ms', 'retention.bytes'];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames }],
  });
  return new Map((resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]));
};

const askAdmin = async (admin: Admin, topic: string): Promise<TopicSettings> => {
  await admin.connect();
  const partitions = await partitionsOf(admin, topic);
  const [config, { clusterId }] = await Promise.all([configOf(admin, topic), admin.describeCluster()]);
  return {
    clusterId,
    topic,
    partitionCount: partitions.length,
    cleanupPolicy: config.get('cleanup.policy') ?? 'delete',
    retentionMs: BigInt(config.get('retention.ms') ?? -1),
    retentionBytes: BigInt(config.get('retention.bytes') ?? -1),
  };
};

/** Errors: topic_missing, broker_unavailable. */
export const readTopicSettings = async (kafka: Kafka, topic: string): Promise<TopicSettings> => {
  const admin = kafka.admin();
  try {
    return await askAdmin(admin, topic);
  } catch (error) {
    if (isKafkaError(error)) throw error;
    const message = `No broker could describe the topic ${topic}. Try again later.`;
    throw new KafkaError('broker_unavailable', message, { cause: error });
  } finally {
    await admin.disconnect();
  }
};
