import { ContractError, toRecordFields, upcast, type ContractEvent, type SchemaIds } from '@orderline/contracts';
import type { OutboxMessage, StoredEvent } from '@orderline/event-store';
import { toMessage } from './to-message.ts';

/** Whom an order belongs to: it stands in every record, but in the event table with the first event only. */
export type Owner = { readonly customerId: string; readonly restaurantId: string };

/** By an order's first event, upcast. Throws ContractError. */
export const ownerOf = (first: Pick<StoredEvent, 'type' | 'schemaVersion' | 'data'>): Owner => {
  const current = upcast(first);
  if (current.type === 'OrderCreated') return current.data;
  throw new ContractError('newer_history', `an order that begins with ${current.type} is not known here`);
};

/**
 * A stored event as the record that the topic has of it, in the present schema: byte by byte the one it was first sent as, where
 * it was stored in that schema. Values under a key go on as they are. Throws ContractError for what this build does not know.
 */
export const storedToMessage = (stored: StoredEvent, owner: Owner, schemaIds: SchemaIds): OutboxMessage => {
  const { eventId, orderId, version, metadata } = stored;
  const current = upcast(stored);
  const record = {
    type: current.type,
    eventId,
    orderId,
    version,
    occurredAt: Date.parse(metadata.occurredAt),
    schemaVersion: current.schemaVersion,
    customerId: owner.customerId,
    restaurantId: owner.restaurantId,
    correlationId: metadata.correlationId,
    causationId: metadata.causationId,
    actor: metadata.actor,
    aggregateType: 'Order',
    ...toRecordFields(current.type, current.data),
  } as ContractEvent;
  return toMessage(record, schemaIds);
};
