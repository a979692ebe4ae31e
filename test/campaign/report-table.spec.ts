import { describe, expect, it } from 'vitest';
import { verdictLines, type Verdict } from './judge.ts';
import { reportText } from './report-table.ts';
import type { CampaignReport } from './run-campaign.ts';

const sound: Verdict = {
  ...{ ok: true, orders: 1, events: 3, repeated: 0, seconds: 1, lost: 0, doubled: 0, outOfOrder: 0, divergent: 0 },
  ...{ tampered: 0, parked: 0, brokenPromises: 0, findings: [] },
};
const unmade: Verdict = {
  ...sound,
  ok: false,
  findings: ['the audit could not be made: no answer'],
  unmade: 'no answer',
};
const none = { accepted: 0, refused: 0, 'too busy': 0, unavailable: 0, 'server error': 0, unanswered: 0 };
const load = {
  ...{ commands: 0, first: none, answeredAtOnce: 1, answeredInTheEnd: 1, latencyMs: { p50: 1, p99: 1, max: 1 } },
  surprises: [],
  unsettled: new Set(),
};
const burst = { ratePerSecond: 10, seconds: 1, report: { commands: 0, first: none, settled: 0 }, drainedMs: 1 };
const reportOf = (...verdicts: Verdict[]): CampaignReport =>
  ({
    ...{ seed: 1, minutes: 1, episodes: [], deaths: 0, ok: verdicts.every(({ ok }) => ok) },
    ...{ verdicts, load, burst },
  }) as unknown as CampaignReport;

it('names faults that could not be done', () => {
  const fault = { kind: 'fill disk', target: 'postgres', startMs: 0, lengthMs: 0, begunMs: 0, endedMs: 0, notes: [] };
  const episode = { recovery: { isRecovered: true, tookMs: 1, steps: {} }, commands: 0, answered: 0 };
  const faults = [
    { ...fault, failed: 'no loop device' },
    { ...fault, kind: 'kill' },
  ];
  const text = reportText({ ...reportOf(sound), episodes: [{ ...episode, faults }] } as unknown as CampaignReport);
  expect(text).toContain('1 faults of 1 kinds');
  expect(text).toContain('- 1 × fill disk: no loop device');
});

it('takes a loss that was not seen in time for a finding, not for a fault that could not be done', () => {
  const fault = { kind: 'drop slot', target: 'connect', startMs: 0, lengthMs: 0, begunMs: 0, endedMs: 0, notes: [] };
  const episode = { recovery: { isRecovered: true, tookMs: 1, steps: {} }, commands: 0, answered: 0 };
  const faults = [{ ...fault, notKept: 'not seen within 60 s' }];
  const report = { ...reportOf(sound), ok: false, episodes: [{ ...episode, faults }] };
  expect(reportText(report as unknown as CampaignReport)).toMatch(
    /\*\*Not passed\.\*\*[^]*drop slot: not seen within 60 s/u,
  );
});

describe('a run of the campaign of which a verdict could not be made', () => {
  it('never says that nothing was lost on its line', () => {
    expect(verdictLines(sound)[0]).toMatch(/^lost 0, doubled 0/u);
    expect(verdictLines(unmade).join('\n')).not.toContain('lost 0');
  });

  it('is not passed, in the report too', () => {
    expect(reportText(reportOf(sound))).not.toContain('Not passed');
    expect(reportText(reportOf(sound, unmade))).toMatch(
      /\*\*Not passed\.\*\*[^]*1 of 2 verdicts could not be made[^]*could not be made: no answer/u,
    );
  });
});
