import type { KafkaLog } from './kafka-log.ts';
import type { KafkaError } from './kafka-error.ts';
import type { TopicBatch } from './topic-batch.ts';
import type { TopicFacts } from './topic-facts.ts';
import type { TopicReader } from './topic-reader.ts';

export type TopicConsumerOptions = {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly groupId: string;
  readonly topic: string;
  /** Refuse the topic when it has another number of partitions. */
  readonly partitionCount?: number;
  readonly log?: KafkaLog;
  /**
   * Called for every assignment, after the batch in flight has settled and before anything is delivered. Answers the
   * next offset per partition; a partition left out starts at the first record kept. `facts` are of this moment.
   */
  onAssigned(partitions: readonly number[], facts: TopicFacts): Promise<ReadonlyMap<number, bigint>>;
  /** One at a time. Resolved means: the effect is durable. Rejected while not stale means: stop for good. */
  onBatch(batch: TopicBatch): Promise<void>;
  /** The assignment ended; a batch in flight has just become stale. */
  onRevoked?(partitions: readonly number[]): void;
  /** The consumer has stopped for good: end the process, so that a fresh one takes over. */
  onCrash(error: KafkaError): void;
  readonly tuning?: Partial<ConsumerTuning>;
};

export type ConsumerTuning = {
  /** Most records and value bytes handed to one onBatch; as much again may be fetched meanwhile. */
  readonly maxRecords: number;
  readonly maxBytes: number;
  /** Size of one fetch answer, whole and per partition. */
  readonly fetchBytes: number;
  readonly fetchBytesPerPartition: number;
  /** How long an empty fetch waits at the broker; records in the log are answered at once. */
  readonly fetchWaitMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** At most one commit of group offsets per this time; they are for lag tools only. */
  readonly commitEveryMs: number;
  /** How long brokers may be away before onCrash. */
  readonly giveUpAfterMs: number;
};

export type TopicConsumer = {
  /** Resolves once the group is joined. Rejects with a KafkaError when the topic is unfit or no broker answers. */
  start(): Promise<void>;
  /** Takes nothing new, lets the batch in flight end, commits, leaves the group. */
  stop(): Promise<void>;
  /** Throws away what is in hand, calls onAssigned again and goes on from its answer. */
  reposition(): void;
  /** Next offset not yet handled, of each assigned partition; moves past control records too. */
  positions(): ReadonlyMap<number, bigint>;
  /** Look-ups in the same topic: facts, end offsets, single records. Closed by stop(). */
  readonly reader: TopicReader;
};
