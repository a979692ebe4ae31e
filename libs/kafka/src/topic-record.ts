/** One record as it lies in the topic. `timestamp` is epoch milliseconds; a null value is a tombstone. */
export interface TopicRecord {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** UTF-8 text; of a header given twice the last one, and null values are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: number;
}
