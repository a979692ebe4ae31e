/** Injects the `Pool` of the database `orders`. */
export const POOL = Symbol('pool');
/** Injects the `SchemaIds` that records are written with. */
export const SCHEMA_IDS = Symbol('schema ids');
/** Injects the `EventStore`. */
export const EVENT_STORE = Symbol('event store');
/** Injects the `Admission` that commands and reads share. */
export const ADMISSION = Symbol('admission');
/** Injects the `AppendParts`: what an append of decided events needs. */
export const APPENDING = Symbol('appending');
/** Injects the `HandleCommand` of the process. */
export const HANDLE_COMMAND = Symbol('handle command');
/** Injects the `OrderReading` of the process. */
export const ORDER_READING = Symbol('order reading');
