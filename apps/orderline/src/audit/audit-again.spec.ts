import type { AuditReport } from '@orderline/audit';
import { afterEach, describe, expect, it } from 'vitest';
import { auditAgain } from './audit-again.ts';

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
  ...{ orders: 1, events: 1, seconds: 0.1, repeated: 0, unreadable: 0, neverPublished: 0 },
};

/** What Prometheus is told after these audits, one after the other. */
const metricsAfter = async (...audits: (() => AuditReport)[]): Promise<string> => {
  const stop = new AbortController();
  let url = '';
  let told = '';
  await auditAgain({
    audit: async () => {
      const next = audits.shift();
      if (next !== undefined) return next();
      told = await (await fetch(url)).text();
      stop.abort();
      return sound;
    },
    ...{ everySeconds: 0, metricsPort: 0, signal: stop.signal, show: () => undefined },
    say: (line) => (url = /http:\S+/u.exec(line)?.[0] ?? url),
  });
  return told;
};

describe('an audit again and again', () => {
  const before = process.exitCode;
  afterEach(() => (process.exitCode = before));

  it('says ok of a sound one', async () => {
    expect(await metricsAfter(() => sound)).toContain('\norderline_audit_ok 1\n');
  });

  it('does not go on saying ok once places cannot be read', async () => {
    const unread = (): never => {
      throw new Error('the database does not answer');
    };
    const told = await metricsAfter(() => sound, unread);
    expect(told).not.toMatch(/^orderline_audit_ok /mu);
    expect(told).toContain('\norderline_audit_failures_total 1\n');
    expect(process.exitCode).toBe(1);
  });
});
