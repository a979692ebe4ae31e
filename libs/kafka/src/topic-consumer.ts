import type { KafkaOptions } from './create-kafka.ts';
import type { KafkaError } from './kafka-error.ts';
import type { TopicBatch } from './topic-batch.ts';
import type { TopicFacts } from './topic-facts.ts';
import type { TopicReader } from './topic-reader.ts';

export type TopicConsumerOptions = KafkaOptions & {
  readonly groupId: string;
  readonly topic: string;
  /** Refuse the topic when it has another number of partitions. */
  readonly partitionCount?: number;
  /**
   * Called for every assignment, after the batch in flight has settled and before anything is delivered. Answers the
   * next offset per partition; a partition left out starts at the first record kept. `facts` are of this moment.
   * Rejected while still assigned means: stop for good.
   */
  onAssigned(partitions: readonly number[], facts: TopicFacts): Promise<ReadonlyMap<number, bigint>>;
  /** One at a time. Resolved means: the effect is durable. Rejected while not stale means: stop for good. */
  onBatch(batch: TopicBatch): Promise<void>;
  /** The assignment has ended; a batch in flight has just become stale. */
  onRevoked?(partitions: readonly number[]): void;
  /** The consumer has stopped for good: end the process, so that a fresh one takes over. Called at most once. */
  onCrash(error: KafkaError): void;
  readonly tuning?: Partial<ConsumerTuning>;
};

export type ConsumerTuning = {
  /** Most records handed to one onBatch; as many again may be fetched meanwhile. */
  readonly maxRecords: number;
  /** About how many bytes of values one onBatch gets; it may pass this by one fetch answer. */
  readonly maxBytes: number;
  /** Size of one fetch answer, whole and per partition. */
  readonly fetchBytes: number;
  readonly fetchBytesPerPartition: number;
  /** How long a fetch waits at the broker while there is nothing; also bounds how long stop and seek take. */
  readonly fetchWaitMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly rebalanceTimeoutMs: number;
  /** At most one commit of group offsets per this time; they are for the eyes of lag tools only. */
  readonly commitEveryMs: number;
  /** How long the brokers may be away, or sessions keep crashing, before onCrash. */
  readonly giveUpAfterMs: number;
};

/** `connecting` is also a known cause for making no progress: brokers away, or the group not joined yet. */
export type ConsumerStatus = 'idle' | 'connecting' | 'assigning' | 'consuming' | 'stopped' | 'crashed';

export type TopicConsumer = {
  /** Resolves once the group is joined. Rejects with a KafkaError when the topic is unfit or no broker answers. */
  start(): Promise<void>;
  /** Takes nothing new, lets the batch in flight end, commits, leaves the group. */
  stop(): Promise<void>;
  /** Throws away what is in hand, calls onAssigned again and goes on from its answer. */
  reposition(): void;
  /** Next offset not yet handled, of each assigned partition. */
  positions(): ReadonlyMap<number, bigint>;
  readonly status: ConsumerStatus;
  /** Look-ups in the same topic: facts, end offsets, single records. Closed by stop(). */
  readonly reader: TopicReader;
};
