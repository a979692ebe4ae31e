import { toHistory, upcast } from '@orderline/contracts';
import type { StoredEvent } from '@orderline/event-store';
import { z } from 'zod';
import { formatInstant } from '../http/instant.ts';
import { toRefusal } from '../http/refusal.ts';

const instant = z.string().meta({ format: 'date-time' });

/** An event as the history shows it; `data` is the topic record's own fields, money in minor units. */
export const eventAnswer = z
  .object({
    eventId: z.string(),
    aggregateType: z.literal('Order'),
    orderId: z.string(),
    version: z.int(),
    type: z.string(),
    schemaVersion: z.int(),
    storedSchemaVersion: z.int(),
    occurredAt: instant,
    recordedAt: instant,
    actor: z.object({ id: z.string(), role: z.string() }),
    correlationId: z.string(),
    causationId: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });

export type EventAnswer = z.infer<typeof eventAnswer>;

/** Upcast, with the schema version it was stored in beside it. Throws 503 `newer_history`. */
export const toEventAnswer = (stored: StoredEvent): EventAnswer => {
  const { eventId, orderId, version, type, metadata, recordedAt } = stored;
  return {
    eventId,
    aggregateType: 'Order',
    orderId,
    version,
    type,
    ...shownData(stored),
    storedSchemaVersion: stored.schemaVersion,
    occurredAt: formatInstant(Date.parse(metadata.occurredAt)),
    recordedAt: formatInstant(recordedAt),
    actor: metadata.actor,
    correlationId: metadata.correlationId,
    causationId: metadata.causationId,
  };
};

const shownData = (stored: StoredEvent): Pick<EventAnswer, 'schemaVersion' | 'data'> => {
  try {
    const current = upcast(stored);
    return { schemaVersion: current.schemaVersion, data: toHistory(current.type, current.data) };
  } catch (error) {
    throw toRefusal(error);
  }
};
