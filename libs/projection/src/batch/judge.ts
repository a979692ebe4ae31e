import type { OrderGate } from './order-gate.ts';

export type Verdict = 'next' | 'duplicate' | 'gap' | 'divergence' | 'queue';

/**
 * The version gate. What is not newer was applied before, and at the same version it must be the same event (unless that
 * one was discarded without an id to know it by). What is newer
 * waits while its order is parked; otherwise it must be the very next.
 */
export const judge = (gate: OrderGate, arrival: { readonly version: number; readonly eventId: string }): Verdict => {
  if (arrival.version < gate.version) return 'duplicate';
  if (arrival.version === gate.version) {
    return gate.eventId === null || gate.eventId === arrival.eventId ? 'duplicate' : 'divergence';
  }
  if (gate.parked) return 'queue';
  return arrival.version === gate.version + 1 ? 'next' : 'gap';
};
