import type { AuditReport, Finding } from '@orderline/audit';
import { describe, expect, it } from 'vitest';
import { auditOf } from './audit-load.ts';

const sound: AuditReport = {
  ...{ ok: true, orders: 2, events: 5, seconds: 1, repeated: 3, unreadable: 0, neverPublished: 0 },
  ...{ lost: [], doubled: [], outOfOrder: [], divergent: [], tampered: [], parked: [], givenUp: [], behind: [] },
};
const finding: Finding = { orderId: 'ours', version: 2, where: 'topic', what: 'not there' };
const load = { accepted: new Map([['ours', 3]]) };

describe('a load was sound', () => {
  it('when nothing was found, repeats and what others left parked aside', () => {
    const parked = [{ ...finding, orderId: 'of somebody else' }];
    expect(auditOf({ ...sound, parked }, [], load)).toMatchObject({ ok: true, findings: [], repeated: 3 });
  });

  it.each(['lost', 'doubled', 'outOfOrder', 'divergent', 'tampered'] as const)('not when something is %s', (kind) => {
    const audit = auditOf({ ...sound, ok: false, [kind]: [finding] }, [], load);
    expect(audit.ok).toBe(false);
    expect(audit.lost + audit.doubled + audit.outOfOrder + audit.amiss).toBe(1);
    expect(audit.findings).toEqual([expect.stringContaining('order ours version 2 in topic: not there')]);
  });

  it('not when an order of it is parked, or a read model has not read all', () => {
    expect(auditOf({ ...sound, parked: [finding] }, [], load)).toMatchObject({ ok: false, amiss: 1 });
    const behind = [{ where: 'analytics/funnel', orders: 7 }];
    expect(auditOf({ ...sound, ok: false, behind }, [], load)).toMatchObject({
      ok: false,
      findings: ['not read yet: 7 orders by analytics/funnel'],
    });
  });

  it('not when a client was told what is not stored, though store, topic and read models agree', () => {
    const broken = [
      { orderId: 'ours', version: 3, kind: 'lost', what: 'promised at version 3 and stored up to 2' },
    ] as const;
    expect(auditOf(sound, broken, load)).toMatchObject({ ok: false, lost: 1 });
  });
});
