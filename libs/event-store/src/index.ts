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
export { readChain, type ChainedEvent } from './chain/read-chain.ts';
export { runJanitor, type JanitorReport } from './retention/run-janitor.ts';
export { verifyHashChain, type ChainFault } from './chain/verify-hash-chain.ts';
export { createEventStore, eventStoreSession } from './create-event-store.ts';
export { EventStoreError, StreamVersionConflict, type EventStoreErrorCode } from './event-store-error.ts';
export type { EventStore, LoadOptions, PointInHistory } from './event-store.ts';
export type { Republished, RepublishRequest } from './republish/republish.ts';
export type { LoadedStream, StoredEvent } from './stored-event.ts';
