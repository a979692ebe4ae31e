/** Somebody else's events came first: reload, decide again. `actual` is the order's version now; 0: it does not exist. */
export class StreamVersionConflict extends Error {
  override readonly name = 'StreamVersionConflict';
  readonly orderId: string;
  readonly expected: number;
  readonly actual: number;

  constructor(orderId: string, expected: number, actual: number) {
    super(`Order ${orderId} is at version ${actual}, not at ${expected}: load it again and decide on its new state.`);
    this.orderId = orderId;
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * - `refused`: the database does not take this row (a constraint, a value it cannot hold); it never will.
 * - `unavailable`: the database is away, or the append may or may not have been committed. Never retried blindly.
 */
export type EventStoreErrorCode = 'refused' | 'unavailable';

export class EventStoreError extends Error {
  override readonly name = 'EventStoreError';
  readonly code: EventStoreErrorCode;
  readonly retriable: boolean;

  constructor(code: EventStoreErrorCode, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
    this.retriable = code === 'unavailable';
  }
}
