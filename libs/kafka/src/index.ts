export { KafkaError, isKafkaError } from './kafka-error.ts';
export type { KafkaErrorCode } from './kafka-error.ts';
export type { KafkaLog, KafkaLogLevel } from './kafka-log.ts';
export type { Compatibility, RegisteredSchema, RegistryClient, RegistryClientOptions } from './registry-client.ts';
export type { Stretch, TopicBatch } from './topic-batch.ts';
export type { ConsumerTuning, TopicConsumer, TopicConsumerOptions } from './topic-consumer.ts';
export type { LogRange, TopicExpectation, TopicFacts } from './topic-facts.ts';
export type { ReadRange, TopicReader } from './topic-reader.ts';
export type { TopicRecord } from './topic-record.ts';
