import type { AppendOutcome, AppendRequest, Receipt } from './append-request.ts';
import type { Republished, RepublishRequest } from './republish/republish.ts';
import type { LoadedStream, StoredEvent } from './stored-event.ts';

export type LoadOptions = {
  /** Use the latest snapshot of this shape; without it the order is replayed from its first event. */
  readonly snapshotFingerprint?: string;
};

/** Version N, or what the order was after the last event recorded at or before an instant (epoch milliseconds). */
export type PointInHistory = { readonly version: number } | { readonly at: number };

export type EventStore = {
  /**
   * Appends durably: answered only after commit, all events of the request or none. Concurrent appends share a flush.
   * Throws StreamVersionConflict when the order is not at `expectedVersion`, EventStoreError when the row is refused or the
   * database is away; a database that is set up wrongly is passed on as the error it is.
   */
  readonly append: (request: AppendRequest) => Promise<AppendOutcome>;
  /** The order's present state, in one query; undefined when there is no such order. */
  readonly load: (orderId: string, options?: LoadOptions) => Promise<LoadedStream | undefined>;
  /**
   * An earlier state, in one query. `version` is below the one asked for when that is above the head, and 0 before the
   * first event; undefined when there is no such order.
   */
  readonly loadAt: (orderId: string, point: PointInHistory, options?: LoadOptions) => Promise<LoadedStream | undefined>;
  /** At most `limit` events above version `after`, oldest first. */
  readonly readEvents: (orderId: string, after: number, limit: number) => Promise<readonly StoredEvent[]>;
  /** Sends events of an order to the topic again, through the outbox; see `republish`. */
  readonly republish: (request: RepublishRequest) => Promise<Republished>;
  /** The receipt of a key used within the last 24 hours. */
  readonly findReceipt: (key: string) => Promise<Receipt | undefined>;
};
