import { randomUUID } from 'node:crypto';
import {
  createKafka,
  createTopicConsumer,
  type TopicBatch,
  type TopicConsumer,
  type TopicRecord,
} from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import type { Admin, Message, Producer } from 'kafkajs';
import { inject, onTestFinished } from 'vitest';
import '../support/provided.ts';

const unlimited = { 'retention.ms': '-1', 'retention.bytes': '-1' };

export type ScratchTopic = {
  readonly topic: string;
  readonly groupId: string;
  readonly brokers: string[];
  /** `value-0`, `value-1`, … from `first`, to one partition. */
  write(partition: number, count: number, first?: number): Promise<void>;
  send(partition: number, messages: Message[]): Promise<void>;
  /** Deletes the records of partition 0 before `offset`. */
  truncateBefore(offset: number): Promise<void>;
  readonly admin: Admin;
};

export const openProducer = async (transactionalId?: string): Promise<Producer> => {
  const kafka = createKafka({ brokers: inject('stack').kafkaBrokers, clientId: 'spec-writer' });
  const producer = kafka.producer(
    transactionalId === undefined ? {} : { transactionalId, idempotent: true, maxInFlightRequests: 1 },
  );
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
};

/** A topic of its own for one test, on the real broker, gone with the test. */
export const createScratchTopic = async (
  partitions = 12,
  config: Record<string, string> = {},
): Promise<ScratchTopic> => {
  const brokers = inject('stack').kafkaBrokers;
  const topic = `scratch-${randomUUID()}`;
  const admin = createKafka({ brokers, clientId: 'spec-admin' }).admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: false,
    topics: [
      {
        topic,
        numPartitions: partitions,
        configEntries: Object.entries({ ...unlimited, ...config }).map(([name, value]) => ({ name, value })),
      },
    ],
  });
  // a new topic is not known at once
  await eventually(() => admin.fetchTopicMetadata({ topics: [topic] }));
  onTestFinished(async () => {
    await admin.deleteTopics({ topics: [topic] }).catch(() => undefined);
    await admin.disconnect();
  });
  const producer = await openProducer();
  const send = async (partition: number, messages: Message[]): Promise<void> => {
    await producer.send({ topic, messages: messages.map((message) => ({ ...message, partition })) });
  };
  return {
    topic,
    groupId: `group-${topic}`,
    brokers,
    send,
    admin,
    truncateBefore: async (offset) => {
      // kafkajs knows no leader before it has looked at the topic
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
    },
    write: (partition, count, first = 0) =>
      send(
        partition,
        Array.from({ length: count }, (_, i) => ({ key: `key-${partition}`, value: `value-${first + i}` })),
      ),
  };
};

export type Watched = {
  readonly consumer: TopicConsumer;
  readonly batches: TopicBatch[];
  readonly assignments: (readonly number[])[];
  readonly revocations: (readonly number[])[];
  readonly crashes: Error[];
  /** Records in the order they were delivered. */
  records(): TopicRecord[];
  offsetsOf(partition: number): bigint[];
};

export type WatchOptions = {
  readonly groupId?: string;
  readonly partitionCount?: number;
  readonly from?: ReadonlyMap<number, bigint>;
  readonly onAssigned?: (partitions: readonly number[]) => Promise<ReadonlyMap<number, bigint>>;
  readonly onBatch?: (batch: TopicBatch) => Promise<void>;
  readonly tuning?: Parameters<typeof createTopicConsumer>[0]['tuning'];
};

/** A consumer that notes down all that happens to it. Not started yet; stopped with the test. */
export const watch = (scratch: ScratchTopic, options: WatchOptions = {}): Watched => {
  const batches: TopicBatch[] = [];
  const assignments: (readonly number[])[] = [];
  const revocations: (readonly number[])[] = [];
  const crashes: Error[] = [];
  const consumer = createTopicConsumer({
    brokers: scratch.brokers,
    clientId: 'spec-reader',
    groupId: options.groupId ?? scratch.groupId,
    topic: scratch.topic,
    ...(options.partitionCount !== undefined && { partitionCount: options.partitionCount }),
    ...(options.tuning !== undefined && { tuning: options.tuning }),
    onAssigned: async (partitions) => {
      assignments.push(partitions);
      return (await options.onAssigned?.(partitions)) ?? options.from ?? new Map();
    },
    onBatch: async (batch) => {
      batches.push(batch);
      await options.onBatch?.(batch);
    },
    onRevoked: (partitions) => revocations.push(partitions),
    onCrash: (error) => crashes.push(error),
  });
  onTestFinished(() => consumer.stop());
  const records = (): TopicRecord[] => batches.flatMap((batch) => batch.records);
  return {
    consumer,
    batches,
    assignments,
    revocations,
    crashes,
    records,
    offsetsOf: (partition) =>
      records()
        .filter((record) => record.partition === partition)
        .map(({ offset }) => offset),
  };
};

export const range = (from: number, to: number): bigint[] =>
  Array.from({ length: to - from }, (_, i) => BigInt(from + i));
