import type { LogRange, TopicFacts } from './topic-facts.ts';
import type { TopicRecord } from './topic-record.ts';

export interface ReadRange {
  /** First offset wanted, by partition; default the first kept. */
  readonly from?: ReadonlyMap<number, bigint>;
  /** First offset not wanted any more, by partition; default the end at the moment of the call. */
  readonly to?: ReadonlyMap<number, bigint>;
  readonly partitions?: readonly number[];
}

/** Reads a topic without being a member of any group: nothing is committed, nobody is rebalanced. */
export interface TopicReader {
  facts(): Promise<TopicFacts>;
  /** Cheap: one look-up serves all callers for `maxAgeMs` (default 1,000). */
  logRanges(options?: { maxAgeMs?: number }): Promise<ReadonlyMap<number, LogRange>>;
  /** The record at exactly this offset; undefined when there is none (control record, aborted, outside the log). */
  readRecord(partition: number, offset: bigint): Promise<TopicRecord | undefined>;
  /** Chunks of records up to `to`, each chunk of one partition, in offset order within a partition. */
  read(range?: ReadRange): AsyncGenerator<readonly TopicRecord[]>;
  close(): Promise<void>;
}
