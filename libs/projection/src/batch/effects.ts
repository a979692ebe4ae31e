import type { Recorded } from '../define/recorded-event.ts';
import type { OrderGate } from './order-gate.ts';

/** What a batch does to one projection's table, kept in memory until it is written at once. */
export type Effects = {
  /** All of the event or, when it throws, nothing of it. */
  apply(event: Recorded, gate: OrderGate): void;
  save(): Promise<void>;
};
