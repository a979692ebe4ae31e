/** What is recorded beside an event about its origin; `occurredAt` is RFC 3339, as the caller's side said. */
export type EventMetadata = {
  readonly actor: { readonly id: string; readonly role: string };
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly occurredAt: string;
  readonly traceparent: string | null;
};

export type NewEvent = {
  /** UUIDv7, lower case. */
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Beside what is stored with every event, a new one always has a trace to go on with. */
  readonly metadata: EventMetadata & { readonly traceparent: string };
  readonly outbox: OutboxMessage;
};

/** What the relay publishes for an event; key, position and time headers are filled in by the append. */
export type OutboxMessage = {
  /** The record's value as it goes on the topic, at most 256 KiB. */
  readonly payload: Buffer;
  /** `ce_type`, such as `orderline.orders.OrderCreated`. */
  readonly ceType: string;
};

/** The outcome that a retry with the same Idempotency-Key gets again; never a body. */
export type NewReceipt = {
  readonly key: string;
  /** Of method, path and body: tells a retry from another request under the same key. */
  readonly fingerprint: string;
  /** The HTTP status answered. */
  readonly status: number;
};

/** The state after the last event of its append. */
export type NewSnapshot = {
  /** Of the state's shape; a snapshot is read back only under the same one. */
  readonly fingerprint: string;
  readonly state: Readonly<Record<string, unknown>>;
};

export type AppendRequest = {
  /** UUIDv7, lower case. */
  readonly orderId: string;
  /** The version the events were decided on; 0 for a new order. */
  readonly expectedVersion: number;
  /** One or more; they get the versions after `expectedVersion` and land all or not at all. */
  readonly events: readonly NewEvent[];
  readonly receipt?: NewReceipt;
  readonly snapshot?: NewSnapshot;
};

export type Receipt = {
  readonly key: string;
  readonly orderId: string;
  readonly version: number;
  readonly status: number;
  readonly fingerprint: string;
};

export type AppendOutcome =
  | {
      readonly outcome: 'appended';
      /** The order's version now. */
      readonly version: number;
      /** When each event was recorded, epoch milliseconds, in the order of the request. */
      readonly recordedAt: readonly number[];
    }
  | {
      /** The key has been used within the last 24 hours, maybe by a racing twin; nothing was written. */
      readonly outcome: 'receipt_exists';
      readonly receipt: Receipt;
    };
