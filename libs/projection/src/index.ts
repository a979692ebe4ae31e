export { createProjector, type Projector, type ProjectorOptions } from './projector.ts';
export { defineDeltas, nothing, type Delta, type DeltaProjection, type Deltas } from './define/deltas.ts';
export {
  defineMultiRowProjection,
  defineProjection,
  unchanged,
  type FoldProjection,
  type KeyOf,
  type ManyRowsFold,
  type OneRowFold,
} from './define/fold.ts';
export { type Projection } from './define/projection.ts';
export { type EventOf, type EventType, type Recorded } from './define/recorded-event.ts';
export { defineTable, type Column, type Json, type Row, type RowOf, type Table } from './define/table.ts';
export { type BatchObserver, type ObservedBatch } from './feed/batch-observer.ts';
export {
  type Consumer,
  type ConsumerFactory,
  type Handlers,
  type TopicBatch,
  type TopicRecord,
} from './feed/consumer-port.ts';
export { type PassedOver } from './feed/passed-over.ts';
export { isProjectionError, ProjectionError, type ProjectionErrorCode } from './projection-error.ts';
export { type ProjectorLog } from './projector-log.ts';
export { type Registry } from './store/schemas.ts';
export { type Released, type ReleaseOptions } from './parked/release.ts';
export { type ProjectionStatus } from './status.ts';
export { type Comparison, type Difference, type GenerationState } from './store/generations.ts';
export { type ParkedAfter, type ParkedOrder } from './store/parked-orders.ts';
export { type Visibility } from './wait-for-version.ts';
export { ProjectionModule, type ProjectionAppOptions } from './control/projection.module.ts';
export { POOL, PROJECTOR } from './control/tokens.ts';
export { kitMigrations } from './kit-migrations.ts';
