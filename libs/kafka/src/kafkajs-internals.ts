import { createRequire } from 'node:module';
import type { Kafka, KafkaMessage } from 'kafkajs';

/*
 * The only door to what kafkajs keeps private. The client is frozen at 2.2.4 (last release 2023), so its insides hold
 * still; another version is refused at import, and then this file and harden-kafkajs.ts are to be read again.
 */
const load = createRequire(import.meta.url);

const { version } = load('kafkajs/package.json') as { version: string };
if (version !== '2.2.4') {
  throw new Error(`kafkajs ${version} is installed, but its patches are made for 2.2.4: review libs/kafka first.`);
}

export type RequestQueue = {
  pending: unknown[];
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
};

export type ConsumerGroup = {
  groupId: string;
  recoverFromOffsetOutOfRange(error: { topic: string; partition: number }): Promise<void>;
};

type Headers = Record<string, unknown>;

/** Of a list of headers kafkajs asks one thing: to be folded into an object. */
export type HeaderList = {
  reduce(fold: (headers: Headers, header: unknown) => Headers, initial: Headers): Headers;
};

export type RecordDecoder = {
  readonly buffer: Buffer;
  offset: number;
  readVarInt(): number;
  readVarIntArray: (this: RecordDecoder, reader: (decoder: RecordDecoder) => unknown) => HeaderList;
};

export type PartitionAnswer = { partition: number; highWatermark: string };

export type Broker = {
  fetch(request: {
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
    isolationLevel: number;
    topics: { topic: string; partitions: { partition: number; fetchOffset: string; maxBytes: number }[] }[];
  }): Promise<{ responses: { topicName: string; partitions: PartitionAnswer[] }[] }>;
};

export type Cluster = {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadataIfNecessary(): Promise<void>;
  findTopicPartitionMetadata(topic: string): { partitionId: number }[];
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(node: { nodeId: string }): Promise<Broker>;
  fetchTopicsOffset(
    topics: ({ topic: string; partitions: { partition: number }[] } & (
      { fromBeginning: boolean } | { fromTimestamp: number }
    ))[],
  ): Promise<{ topic: string; partitions: { partition: number; offset: string }[] }[]>;
};

/** A fetch answer without control records and aborted transactions; eachBatch is handed one of these too. */
export type FetchedBatch = {
  readonly partition: number;
  readonly fetchedOffset: string;
  readonly messages: KafkaMessage[];
  lastOffset(): string;
  isEmptyDueToFiltering(): boolean;
};

const Decoder = load('kafkajs/src/protocol/decoder') as { prototype: RecordDecoder } & (new (
  buffer: Buffer,
) => RecordDecoder);
export const recordDecoderPrototype = Decoder.prototype;
export const recordDecoderOf = (buffer: Buffer, offset: number): RecordDecoder => {
  const decoder = new Decoder(buffer);
  decoder.offset = offset;
  return decoder;
};

const { readVarIntArray } = recordDecoderPrototype;
/** As it is before anything is replaced. */
export const readVarIntArrayEagerly = (
  decoder: RecordDecoder,
  reader: (decoder: RecordDecoder) => unknown,
): HeaderList => readVarIntArray.call(decoder, reader);

export const requestQueuePrototype = (load('kafkajs/src/network/requestQueue') as { prototype: RequestQueue })
  .prototype;
export const consumerGroupPrototype = (load('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup })
  .prototype;

export const FetchedBatchOf = load('kafkajs/src/consumer/batch') as new (
  topic: string,
  fetchedOffset: string,
  answer: PartitionAnswer,
) => FetchedBatch;

/** kafkajs' own number for READ_COMMITTED. */
export const readCommitted = 1;

type ClusterOptions = { metadataMaxAge: number; allowAutoTopicCreation: boolean; isolationLevel: number };

/** A cluster connection of its own, as kafkajs makes one per consumer, but usable without a group. */
export const openCluster = (kafka: Kafka): Cluster => {
  const key = Object.getOwnPropertySymbols(kafka).find(
    (symbol) => symbol.description === 'private:Kafka:createCluster',
  );
  const create = (kafka as unknown as Record<symbol, (options: ClusterOptions) => Cluster>)[key ?? Symbol.iterator];
  if (create === undefined) throw new Error('kafkajs hides its clusters elsewhere: review libs/kafka first.');
  return create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false, isolationLevel: readCommitted });
};
