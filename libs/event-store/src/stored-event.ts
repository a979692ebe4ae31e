import type { EventMetadata } from './append-request.ts';

/** An event as it was stored: neither upcast nor checked. */
export type StoredEvent = {
  readonly orderId: string;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: EventMetadata;
  /** Given by the database: epoch milliseconds, strictly increasing within an order. */
  readonly recordedAt: number;
};

/** An order's state is its snapshot (none: the empty state) with `events` folded in. */
export type LoadedStream = {
  readonly orderId: string;
  /** After the last of `events`, else the snapshot's; 0 before the first event. */
  readonly version: number;
  /** The order's newest version, above `version` when an earlier state was asked for. */
  readonly headVersion: number;
  /** When version 1 was recorded, epoch milliseconds. */
  readonly createdAt: number;
  /** When `version` was recorded, epoch milliseconds; `createdAt` before the first event. */
  readonly updatedAt: number;
  readonly snapshot: { readonly version: number; readonly state: Readonly<Record<string, unknown>> } | undefined;
  readonly events: readonly StoredEvent[];
};
