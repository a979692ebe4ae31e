import type { ConnectorStatus, Delivered } from '../connect/connect.ts';
import type { OpenLoss } from '../losses/losses.ts';
import type { SlotState } from '../slot/slot.ts';

/** Everything that was seen of the relay at one look. */
export type Observation = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly status: ConnectorStatus;
  readonly delivered: Delivered | undefined;
  /** `unknown` where the database does not answer. */
  readonly slot: SlotState | 'missing' | 'unknown';
  readonly loss: OpenLoss | undefined;
  /** When the last heartbeat, and the last event, came to Kafka. */
  readonly lastHeartbeatAt: number | undefined;
  readonly lastRecordAt: number | undefined;
};
