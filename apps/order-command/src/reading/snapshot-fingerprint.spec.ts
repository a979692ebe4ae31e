import { contractSchemas } from '@orderline/contracts';
import { stateFingerprint } from '@orderline/ordering';
import { describe, expect, it } from 'vitest';
import { snapshotFingerprint, snapshotFingerprintOf } from './snapshot-fingerprint.ts';

describe('the fingerprint of a snapshot', () => {
  it('is of the state’s shape', () => {
    expect(snapshotFingerprint).toContain(stateFingerprint);
  });

  it('is another for a build that knows an event more, or one in another version', () => {
    const [first, ...others] = contractSchemas;
    const more = [...contractSchemas, { type: 'OrderTipped' as never, schemaVersion: 1 }];
    const newer = [{ type: first!.type, schemaVersion: first!.schemaVersion + 1 }, ...others];
    expect(new Set([snapshotFingerprint, snapshotFingerprintOf(more), snapshotFingerprintOf(newer)]).size).toBe(3);
  });

  it('does not hang on the order in which the events are listed', () => {
    expect(snapshotFingerprintOf(contractSchemas.toReversed())).toBe(snapshotFingerprint);
  });
});
