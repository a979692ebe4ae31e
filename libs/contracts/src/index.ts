export type { ContractErrorCode, ContractFault } from './contract-error.ts';
export { ContractError } from './contract-error.ts';
export type { ContractSchema } from './contract-schemas.ts';
export { contractSchemas } from './contract-schemas.ts';
export type { Decoder, SchemaSource } from './decoder.ts';
export { createDecoder } from './decoder.ts';
export { encodeEvent } from './encode-event.ts';
export type { EventOf, EventType, OwnFields } from './event-type.ts';
export { currentSchemaVersion, eventTypes, isEventType } from './event-type.ts';
export type {
  Actor,
  ContractEvent,
  Envelope,
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  OrderDelivered,
  OrderItem,
  OrderItemAdded,
  OrderItemRemoved,
  OrderOutForDelivery,
  OrderPreparing,
  OrderReady,
  OrderUpdated,
  PaymentReceived,
  PaymentRefunded,
  Personal,
} from './generated/events.ts';
export type { StoredFields, StoredOrderItem, StoredPersonal } from './generated/stored.ts';
export type { OrderCreatedV1, OrderCreatedV2 } from './order-created-steps.ts';
export { personal, personalText } from './personal.ts';
export type { RegisteredSchema, SchemaIds } from './schema-ids.ts';
export { currentSchemaIds } from './schema-ids.ts';
export { toHistory, toRecordFields, toStored } from './stored-fields.ts';
export { subjectOf, topicName } from './topic.ts';
export type { DecodedEvent, UnknownEvent } from './unknown-event.ts';
export { isUnknownEvent } from './unknown-event.ts';
export type { CurrentEvent, StoredEvent } from './upcast.ts';
export { upcast } from './upcast.ts';
export type { Place, Verdict, VersionGate } from './version-gate.ts';
export { createVersionGate, judgeVersion } from './version-gate.ts';
