import type { ContractEvent } from './generated/events.ts';

/** An event whose record this build does not know: counted and passed by, but it still moves its order's version on. */
export type UnknownEvent = {
  readonly type: 'Unknown';
  /** Name of the record, without our namespace. */
  readonly eventType: string;
  /** From the envelope, null where the record has no such field. */
  readonly eventId: string | null;
  readonly orderId: string | null;
  readonly version: number | null;
};

export type DecodedEvent = ContractEvent | UnknownEvent;

export const isUnknownEvent = (event: DecodedEvent): event is UnknownEvent => event.type === 'Unknown';
