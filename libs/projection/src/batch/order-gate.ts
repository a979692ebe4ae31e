import type { Json } from '../define/table.ts';

/** How far one order has come in one generation: its row of the deduplication table while a batch is applied. */
export type OrderGate = {
  readonly orderId: string;
  /** Last version applied; 0 before the first. */
  version: number;
  eventId: string | null;
  /** Something of the order waits in projection_parked, and all that follows queues up behind it. */
  parked: boolean;
  memory: Json | undefined;
  changed: boolean;
};

export const untouchedGate = (orderId: string): OrderGate => ({
  orderId,
  version: 0,
  eventId: null,
  parked: false,
  memory: undefined,
  changed: false,
});
