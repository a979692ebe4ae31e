import type { ConnectorStatus, Delivered } from '../connect/connect.ts';
import type { OpenLoss } from '../losses/losses.ts';
import type { SlotState } from '../slot/slot.ts';

/** Everything that was seen of the relay at one look. */
export type Observation = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly status: ConnectorStatus;
  /** As Connect says now; undefined where it does not answer or has no offset. */
  readonly delivered: Delivered | undefined;
  /** As Connect last said. */
  readonly lastDelivered: Delivered | undefined;
  /** `unknown` where the database does not answer. */
  readonly slot: SlotState | 'missing' | 'unknown';
  readonly loss: OpenLoss | undefined;
  /** When the last heartbeat, and the last event, came to Kafka. */
  readonly lastHeartbeatAt: number | undefined;
  readonly lastRecordAt: number | undefined;
  /** Ends of the log of all partitions of the topic of events together. */
  readonly topicEnd: number | undefined;
};
