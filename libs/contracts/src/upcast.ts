import { ContractError } from './contract-error.ts';
import type { EventType } from './event-type.ts';
import { currentSchemaVersion, isEventType } from './event-type.ts';
import type { StoredFields } from './generated/stored.ts';
import { orderCreatedV1ToV2, orderCreatedV2ToV3 } from './order-created-steps.ts';

/** An event as the event table has it: columns type, schema_version and data. */
export type StoredEvent = { readonly type: string; readonly schemaVersion: number; readonly data: unknown };

/** A stored event at the schema version that this build writes. */
export type CurrentEvent = {
  [T in EventType]: { readonly type: T; readonly schemaVersion: number; readonly data: StoredFields[T] };
}[EventType];

/** From one version's stored data to the next one's; pure. Throws `invalid_history`. */
export type UpcastStep = (data: unknown) => unknown;

/** By event type: the first step leads from version 1 to 2, the second from 2 to 3, up to the present version. */
export const upcastSteps: Readonly<Partial<Record<EventType, readonly UpcastStep[]>>> = {
  OrderCreated: [orderCreatedV1ToV2, orderCreatedV2ToV3],
};

/**
 * Brings a stored event to the present schema version, one step at a time. An event that is there already passes
 * through unchecked and uncopied. Throws `newer_history` on a type or version that this build does not know,
 * `invalid_history` when an old event is not what its version says.
 */
export const upcast = ({ type, schemaVersion, data }: StoredEvent): CurrentEvent => {
  if (!isEventType(type)) throw new ContractError('newer_history', `this build does not know the event ${type}`);
  const current = currentSchemaVersion(type);
  if (schemaVersion > current) {
    throw new ContractError(
      'newer_history',
      `${type} is stored in version ${schemaVersion}, this build knows ${current}`,
    );
  }
  if (!Number.isInteger(schemaVersion) || schemaVersion < 1) {
    throw new ContractError('invalid_history', `${type} has no schema version ${schemaVersion}`);
  }
  const steps = upcastSteps[type]?.slice(schemaVersion - 1) ?? [];
  const upcasted = steps.reduce((older, step) => step(older), data);
  return { type, schemaVersion: current, data: upcasted } as CurrentEvent;
};
