export interface LogRange {
  /** First offset still kept. */
  readonly earliest: bigint;
  /** Offset the next committed record will get or pass; open transactions are not counted. */
  readonly latest: bigint;
}

/** What a topic is, asked for at the moment of the call. */
export interface TopicFacts {
  readonly clusterId: string;
  readonly topic: string;
  readonly partitionCount: number;
  /** `delete`, `compact` or `compact,delete`. */
  readonly cleanupPolicy: string;
  /** Milliseconds and bytes; -1 is unlimited. */
  readonly retentionMs: bigint;
  readonly retentionBytes: bigint;
  readonly ranges: ReadonlyMap<number, LogRange>;
}

export interface TopicExpectation {
  /** Cluster that a checkpoint was made against. */
  readonly clusterId?: string;
  readonly partitionCount?: number;
  /** Next offsets to go on from, by partition. */
  readonly positions?: ReadonlyMap<number, bigint>;
}
