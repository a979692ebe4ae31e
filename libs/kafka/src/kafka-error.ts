/** Whether the same call may succeed later without anyone changing anything. */
const retriable = {
  /** The registry answered that it has no schema of this id. */
  unknown_schema: false,
  /** The registry did not answer, or answered with a fault of its own. */
  registry_unavailable: true,
  /** The schema breaks the subject's compatibility, or is no schema. */
  schema_refused: false,
  /** No broker answered within the time allowed. */
  broker_unavailable: true,
  topic_missing: false,
  /** The topic is compacted, or loses records by age or size: history in it is not complete. */
  topic_not_kept: false,
  partition_count_changed: false,
  /** A position asked for is before the first record kept or after the last one written. */
  offset_outside_log: false,
  /** onBatch or onAssigned rejected while its partitions were still held. */
  handler_failed: false,
  /** The Kafka client gave up for a reason that a restart of the process may cure. */
  consumer_crashed: false,
} as const;

export type KafkaErrorCode = keyof typeof retriable;

/** Every error this library raises on purpose. The message says what to do; `cause` holds what the client said. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly code: KafkaErrorCode;
  readonly retriable: boolean;

  constructor(code: KafkaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.retriable = retriable[code];
  }
}

/** Tells a KafkaError, of a given code when one is named. */
export const isKafkaError = (error: unknown, code?: KafkaErrorCode): error is KafkaError =>
  error instanceof KafkaError && (code === undefined || error.code === code);
