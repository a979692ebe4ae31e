import type { TopicRecord } from './topic-record.ts';

/** The stretch of one partition that a batch covers: records from `from` on, the next one to come at `next`. */
export type Stretch = {
  readonly from: bigint;
  readonly next: bigint;
};

/**
 * What was in hand of all assigned partitions, in one piece. Records of one partition are in offset order and
 * contiguous with the batch before it; control records and aborted transactions are left out, but covered by
 * `stretches`. Where there was nothing else, there are no records.
 */
export type TopicBatch = {
  readonly records: readonly TopicRecord[];
  readonly stretches: ReadonlyMap<number, Stretch>;
  /**
   * True once these partitions may belong to somebody else: a rebalance has begun, membership was not confirmed for
   * most of a session, or the consumer is being moved. Look at it right before the effect is committed. A batch that
   * was told so is never counted as done: positions are asked for anew.
   */
  isStale(): boolean;
};
