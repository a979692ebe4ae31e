import { describe, expect, it } from 'vitest';
import { readAuditAnswer } from './audit-answer.ts';

describe('what npm printed', () => {
  it.each(['', 'npm error', '{}', '[]', '{"auditReportVersion":1,"vulnerabilities":{}}'])(
    'is no answer: %s',
    (printed) => {
      expect(readAuditAnswer(printed)).toEqual({ kind: 'unanswered', why: 'npm gave no report' });
    },
  );
  it('is no answer in a shape that is not known', () => {
    const printed = '{"auditReportVersion":2,"vulnerabilities":{"pg":{"level":"high"}}}';
    expect(readAuditAnswer(printed).kind).toBe('unanswered');
  });
  it('fails for high and critical ones only, and says what it came through', () => {
    const of = (severity: string) => ({ severity, range: '<2', via: ['sold'] });
    const vulnerabilities = { a: of('critical'), b: of('high'), c: of('moderate'), d: of('low') };
    expect(readAuditAnswer(JSON.stringify({ auditReportVersion: 2, vulnerabilities }))).toEqual({
      kind: 'answered',
      grave: ['a <2: critical, through sold', 'b <2: high, through sold'],
      lesser: 2,
    });
  });
});
