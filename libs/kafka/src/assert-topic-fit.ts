import { KafkaError } from './kafka-error.ts';
import type { TopicFacts, TopicSettings } from './topic-facts.ts';

export type TopicExpectation = {
  readonly partitionCount?: number;
  /** Next offsets to go on from, by partition. */
  readonly positions?: ReadonlyMap<number, bigint>;
};

const UNLIMITED = -1n;

const assertKept = ({ topic, cleanupPolicy, retentionMs, retentionBytes }: TopicSettings): void => {
  if (cleanupPolicy !== 'delete') {
    throw new KafkaError(
      'topic_not_kept',
      `The topic ${topic} has cleanup.policy=${cleanupPolicy}, which deletes all but the last record of a key. ` +
        'Set cleanup.policy=delete; if it has been compacted already, publish its history again before reading it.',
    );
  }
  if (retentionMs !== UNLIMITED || retentionBytes !== UNLIMITED) {
    throw new KafkaError(
      'topic_not_kept',
      `The topic ${topic} forgets records (retention.ms=${retentionMs}, retention.bytes=${retentionBytes}). ` +
        'Set both to -1: a read model can only be rebuilt from a whole history.',
    );
  }
};

const assertPartitionCount = ({ topic, partitionCount }: TopicSettings, expected: number | undefined): void => {
  if (expected === undefined || expected === partitionCount) return;
  throw new KafkaError(
    'partition_count_changed',
    `The topic ${topic} has ${partitionCount} partitions, not ${expected}: a key may now lie in two of them, out of ` +
      `order. Put it back to ${expected}, or publish everything again into a new topic and read that one.`,
  );
};

const assertInside = ({ topic, ranges }: TopicFacts, positions: ReadonlyMap<number, bigint>): void => {
  for (const [partition, position] of positions) {
    const range = ranges.get(partition);
    if (range !== undefined && position >= range.earliest && position <= range.latest) continue;
    const log = range === undefined ? 'which does not exist' : `which holds ${range.earliest} to ${range.latest}`;
    throw new KafkaError(
      'offset_outside_log',
      `The checkpoint says to go on at offset ${position} of partition ${partition} of ${topic}, ${log}. The topic was ` +
        'truncated, made anew, or belongs to another cluster. Restore it, or rebuild the read model from its beginning.',
    );
  }
};

/**
 * Refuses a topic that a checkpointed reader cannot trust: compacted or forgetting, of another partition count, or not
 * holding a position. Throws KafkaError topic_not_kept, partition_count_changed or offset_outside_log.
 */
export const assertTopicFit = (facts: TopicFacts, expected: TopicExpectation): void => {
  assertKept(facts);
  assertPartitionCount(facts, expected.partitionCount);
  assertInside(facts, expected.positions ?? new Map());
};
