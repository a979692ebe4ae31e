import { describe, expect, it } from 'vitest';
import { startTraffic } from '../invariants/traffic.ts';
import { stackAudit } from './stack-audit.ts';

const clean = { ok: true, lost: [], doubled: [], outOfOrder: [], divergent: [], tampered: [] };

describe('the audit of a stack that is sound', () => {
  it('finds nothing while traffic flows, and nothing at rest', async () => {
    const traffic = startTraffic(71, 4);
    const during = await stackAudit();
    await traffic.stop();
    const after = await stackAudit();
    console.log(during, after);
    expect([during, after]).toMatchObject([clean, clean]);
    expect(after.events).toBeGreaterThan(during.events);
  });
});
