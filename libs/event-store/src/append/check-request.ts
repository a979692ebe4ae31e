import type { AppendRequest, NewEvent } from '../append-request.ts';
import { EventStoreError } from '../event-store-error.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST_EVENTS = 100;
const MOST_PAYLOAD_BYTES = 262_144;

/**
 * Refuses what the database would refuse, or take for something else, before it shares a flush with others.
 * The tables' own constraints stay the last word.
 */
export const checkRequest = (request: AppendRequest): void => {
  const fault = requestFault(request) ?? request.events.map(eventFault).find((found) => found !== undefined);
  if (fault === undefined) return;
  throw new EventStoreError('refused', `Order ${request.orderId}: not stored: ${fault}.`, undefined);
};

const requestFault = ({ orderId, expectedVersion, events, receipt }: AppendRequest): string | undefined => {
  if (!UUID.test(orderId)) return 'the order id is no lower-case UUID';
  if (!Number.isSafeInteger(expectedVersion) || expectedVersion < 0) return 'the expected version counts from 0';
  if (events.length === 0 || events.length > MOST_EVENTS) return `an append has 1 to ${MOST_EVENTS} events`;
  return receipt?.key === '' ? 'an idempotency key is not empty' : undefined;
};

const eventFault = ({ eventId, type, outbox }: NewEvent): string | undefined => {
  const { length } = outbox.payload;
  if (!UUID.test(eventId)) return `the event id ${eventId} is no lower-case UUID`;
  if (length === 0) return `the payload of ${type} is empty`;
  return length > MOST_PAYLOAD_BYTES ? `the payload of ${type} has ${length} bytes, too many to relay` : undefined;
};
