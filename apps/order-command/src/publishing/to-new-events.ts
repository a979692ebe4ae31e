import { currentSchemaVersion, toStored, type Actor, type ContractEvent, type SchemaIds } from '@orderline/contracts';
import type { NewEvent } from '@orderline/event-store';
import type { Order, OrderEvent } from '@orderline/ordering';
import { toMessage } from './to-message.ts';
import { toOwnFields } from './to-own-fields.ts';

/** Where the events of one command come from; `occurredAt` in epoch milliseconds. */
export type Origin = {
  actor: Actor;
  correlationId: string;
  causationId: string | null;
  traceparent: string;
  occurredAt: number;
};

export type Publication = {
  orderId: string;
  /** The version the events come after. */
  version: number;
  /** The order after the events: who it belongs to stands in every record. */
  order: Pick<Order, 'customerId' | 'restaurantId'>;
  origin: Origin;
};

export type PublishingParts = { schemaIds: SchemaIds; newEventId: () => string };

/** Decided events as rows of the event table and as records of the topic. Throws 413 for one that the relay cannot carry. */
export const toNewEvents = (
  events: readonly OrderEvent[],
  publication: Publication,
  parts: PublishingParts,
): NewEvent[] =>
  events.map((event, index) => toNewEvent(event, { ...publication, version: publication.version + index + 1 }, parts));

const toNewEvent = (
  event: OrderEvent,
  { orderId, version, order, origin }: Publication,
  parts: PublishingParts,
): NewEvent => {
  const { actor, correlationId, causationId, traceparent, occurredAt } = origin;
  const schemaVersion = currentSchemaVersion(event.type);
  const record = {
    type: event.type,
    eventId: parts.newEventId(),
    orderId,
    version,
    occurredAt,
    schemaVersion,
    customerId: order.customerId,
    restaurantId: order.restaurantId,
    correlationId,
    causationId,
    actor,
    aggregateType: 'Order',
    ...toOwnFields(event),
  } as ContractEvent;
  return {
    eventId: record.eventId,
    type: event.type,
    schemaVersion,
    data: toStored(record),
    metadata: { actor, correlationId, causationId, traceparent, occurredAt: new Date(occurredAt).toISOString() },
    outbox: toMessage(record, parts.schemaIds),
  };
};
