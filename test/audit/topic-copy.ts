import { randomUUID } from 'node:crypto';
import {
  createDecoder,
  currentSchemaIds,
  encodeEvent,
  isUnknownEvent,
  topicName,
  type ContractEvent,
  type RegisteredSchema,
  type SchemaIds,
} from '@orderline/contracts';
import { createKafka, createRegistryClient, createTopicReader, type TopicRecord } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import { expect, inject, onTestFinished } from 'vitest';
import { query } from '../invariants/query.ts';
import '../support/provided.ts';

/** A record that may be written elsewhere. */
export type Copied = Pick<TopicRecord, 'partition' | 'key' | 'value' | 'headers' | 'timestamp'>;

/** Every record of the real topic, partition by partition. */
export const readTopic = async (): Promise<Copied[]> => {
  const reader = createTopicReader({ brokers: inject('stack').kafkaBrokers, clientId: 'spec', topic: topicName });
  const records: Copied[] = [];
  for await (const chunk of reader.read()) {
    for (const { partition, key, value, headers, timestamp } of chunk) {
      records.push({ partition, key, value, headers, timestamp });
    }
  }
  await reader.close();
  return records;
};

export const isOf =
  (orderId: string, version?: number) =>
  ({ key, headers }: Copied): boolean =>
    key?.toString() === orderId && (version === undefined || headers['event-version'] === String(version));

/** A topic of its own with these records, gone with the test. */
export const writeTopic = async (records: readonly Copied[]): Promise<string> => {
  const kafka = createKafka({ brokers: inject('stack').kafkaBrokers, clientId: 'spec' });
  const topic = `copy-${randomUUID()}`;
  const admin = kafka.admin();
  // A send is tried again where a new topic's leaders are not known yet.
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: 12 }] });
  await eventually(async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(topics[0]?.partitions.filter(({ leader }) => leader >= 0)).toHaveLength(12);
  });
  onTestFinished(async () => {
    await admin.deleteTopics({ topics: [topic] });
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  });
  const messages = records.map(({ timestamp, headers, ...record }) => ({
    ...record,
    headers: { ...headers },
    timestamp: String(timestamp),
  }));
  await producer.send({ topic, messages });
  return topic;
};

let known: Promise<SchemaIds> | undefined;
const schemaIds = (): Promise<SchemaIds> =>
  (known ??= query<RegisteredSchema>(inject('stack').ordersUrl, 'SELECT subject, fingerprint, id FROM schema_id').then(
    currentSchemaIds,
  ));

export const encoded = async (event: ContractEvent): Promise<Buffer> => encodeEvent(event, await schemaIds());

/** The same record with another payload: what it says is changed, its headers are not. */
export const saying = async (record: Copied, change: Partial<ContractEvent>): Promise<Copied> => {
  const registry = createRegistryClient({ url: inject('stack').registryUrl });
  const decoder = createDecoder((id) => registry.schemaById(id));
  const event = await decoder.decode(record.value ?? Buffer.alloc(0));
  if (isUnknownEvent(event)) throw new Error('not one of ours');
  return { ...record, value: await encoded({ ...event, ...change } as ContractEvent) };
};
