import { createHash } from 'node:crypto';
import { contractSchemas, type ContractSchema } from '@orderline/contracts';
import { stateFingerprint } from '@orderline/ordering';

/**
 * Of the state's shape, and of the event types and schema versions a build knows: a snapshot of a build that knows more
 * would hide from this one the very events for which it has to refuse the order (503 `newer_history`).
 */
export const snapshotFingerprintOf = (known: readonly Pick<ContractSchema, 'type' | 'schemaVersion'>[]): string => {
  const events = known.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`).sort();
  return `${stateFingerprint}-${createHash('sha256').update(events.join('\n')).digest('hex').slice(0, 8)}`;
};

/** What snapshots are written and read back under. */
export const snapshotFingerprint = snapshotFingerprintOf(contractSchemas);
