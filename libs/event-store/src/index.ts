export type {
  AppendOutcome,
  AppendRequest,
  EventMetadata,
  NewEvent,
  NewReceipt,
  NewSnapshot,
  OutboxMessage,
  Receipt,
} from './append-request.ts';
export { EventStoreError, StreamVersionConflict, type EventStoreErrorCode } from './event-store-error.ts';
export type { EventStore, LoadOptions, PointInHistory } from './event-store.ts';
export type { LoadedStream, StoredEvent } from './stored-event.ts';
