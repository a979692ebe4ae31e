import type { AuditReport } from '@orderline/audit';
import { expect, it } from 'vitest';
import { printAudit } from './print-audit.ts';

const sound: AuditReport = {
  ...{
    ok: true,
    lost: [],
    doubled: [],
    outOfOrder: [],
    divergent: [],
    tampered: [],
    parked: [],
    givenUp: [],
    behind: [],
  },
  ...{ orders: 1, events: 2, seconds: 0.1, repeated: 0, unreadable: 0, neverPublished: 0 },
};
const finding = { orderId: 'o-1', version: 2, where: 'analytics/revenue', what: 'given up by a person' };

it('names what a person gave up beside what was found, since a read model lacks it all the same', () => {
  expect(printAudit(sound).split('\n')).toHaveLength(2);
  expect(printAudit({ ...sound, givenUp: [finding] })).toContain('given up: order o-1 version 2 in analytics/revenue');
});
