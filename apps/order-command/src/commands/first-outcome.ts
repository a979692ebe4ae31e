import type { EventStore, Receipt } from '@orderline/event-store';
import { RequestRefused } from '@orderline/service-host';
import { orderOf, type OrderAtVersion } from '../reading/order-at-version.ts';
import { snapshotFingerprint } from '../reading/snapshot-fingerprint.ts';
import type { CommandEffect } from './command-metrics.ts';
import type { CommandRequest } from './command-request.ts';

/** An order as a command left it, the status to answer with, and what the command did. */
export type CommandOutcome = { at: OrderAtVersion; status: number; effect: CommandEffect };

/** The outcome of the first request of a key: the state of that version. 422 where that was another request. */
export const firstOutcome = async (
  store: EventStore,
  { key }: CommandRequest,
  { orderId, version, status, fingerprint }: Receipt,
): Promise<CommandOutcome> => {
  if (fingerprint !== key?.fingerprint) {
    const detail = 'This Idempotency-Key was used for another request. Take a new key for each.';
    throw new RequestRefused(422, 'idempotency_key_reused', { detail });
  }
  const stream = await store.loadAt(orderId, { version }, { snapshotFingerprint });
  const at = stream && orderOf(stream);
  if (at?.version !== version) throw new Error(`the order of a receipt has no version ${version}`);
  return { at, status, effect: 'repeated' };
};
