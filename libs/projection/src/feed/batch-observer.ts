import type { TopicRecord } from './consumer-port.ts';

export type ObservedBatch = {
  /** `main`, or of a generation with a consumer of its own. */
  readonly feed: string;
  readonly projections: readonly string[];
  readonly records: readonly TopicRecord[];
};

/**
 * Told of a batch before it is applied. What it answers is called at the batch's end: true when it was committed, false
 * when it was given back, to be delivered again. Both run on the way of every batch and must not throw.
 */
export type BatchObserver = (batch: ObservedBatch) => (committed: boolean) => void;
