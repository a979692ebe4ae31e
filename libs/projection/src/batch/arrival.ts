import type { Recorded } from '../define/recorded-event.ts';
import type { TopicRecord } from '../feed/consumer-port.ts';

/** One record of the topic, read as far as it can be. */
export type Arrival = {
  readonly record: TopicRecord;
  /** The record's key; `unknown` where it has none. */
  readonly orderId: string;
  readonly content: Content;
  /** Of a record that was parked before: since when. */
  readonly parkedAt?: Date;
};

export type Content =
  | { readonly kind: 'event'; readonly event: Recorded; readonly version: number; readonly eventId: string }
  /** A type that this build's contract does not have: it takes its place in the order's sequence and has no effect. */
  | { readonly kind: 'unknown'; readonly type: string; readonly version: number; readonly eventId: string }
  /** Can never be applied as it is. Version and event id are those of the headers, where they have them. */
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      readonly version: number | undefined;
      readonly eventId: string | undefined;
    }
  /** Given up by somebody, at this place of the topic: never parked again. */
  | { readonly kind: 'discarded'; readonly version: number | undefined; readonly eventId: string | undefined };
