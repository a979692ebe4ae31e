import type { ContractEvent, Envelope } from './generated/events.ts';
import { registeredSchemas } from './generated/schemas.ts';

export type EventType = ContractEvent['type'];

export type EventOf<T extends EventType> = Extract<ContractEvent, { readonly type: T }>;

/** The fields of an event type without the envelope: contract.md's column "its own fields". */
export type OwnFields<T extends EventType> = Omit<EventOf<T>, keyof Envelope | 'type'>;

/** Every event type that this build publishes and reads. */
export const eventTypes = Object.keys(registeredSchemas) as readonly EventType[];

export const isEventType = (name: string): name is EventType => Object.hasOwn(registeredSchemas, name);

/** The version new events of this type are written in, and stored ones are upcast to. */
export const currentSchemaVersion = (type: EventType): number => registeredSchemas[type].schemaVersion;
