/** What the kit needs of a Kafka consumer; that of the library kafka fits, and so does any other of this shape. */
export type TopicRecord = {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly timestamp: number;
};

/** Records of one partition are in offset order; `stretches` are the offsets that the batch covers, per partition. */
export type TopicBatch = {
  readonly records: readonly TopicRecord[];
  readonly stretches: ReadonlyMap<number, { readonly from: bigint; readonly next: bigint }>;
  /** True once the partitions may belong to somebody else. */
  isStale(): boolean;
};

export type LogRanges = ReadonlyMap<number, { readonly earliest: bigint; readonly latest: bigint }>;

/** How much comes at once, at most. */
export type Portions = {
  /** In one batch. */
  readonly maxRecords: number;
  /** In one answer of a broker, of all partitions and of one. */
  readonly fetchBytes: number;
  readonly fetchBytesPerPartition: number;
};

export type Handlers = {
  readonly groupId: string;
  /** The consumer's own when left out. */
  readonly tuning?: Portions;
  /** Answers the next offset of each partition. */
  onAssigned(
    partitions: readonly number[],
    facts: { readonly clusterId: string; readonly ranges: LogRanges },
  ): Promise<ReadonlyMap<number, bigint>>;
  /** One at a time; resolved means that the effect is durable. */
  onBatch(batch: TopicBatch): Promise<void>;
  onRevoked(partitions: readonly number[]): void;
  /** The consumer has stopped for good. */
  onCrash(error: Error): void;
};

export type Consumer = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Throws away what is in hand, calls onAssigned again and goes on from its answer. */
  reposition(): void;
  readonly reader: {
    logRanges(): Promise<LogRanges>;
    readRecord(partition: number, offset: bigint): Promise<TopicRecord | undefined>;
  };
};

/** Makes a consumer of the topic in a group of its own, not yet started. */
export type ConsumerFactory = (handlers: Handlers) => Consumer;
