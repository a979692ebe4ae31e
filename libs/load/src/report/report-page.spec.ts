import { describe, expect, it } from 'vitest';
import type { LoadResult, SecondOfLoad } from '../run/load-result.ts';
import { chartsOf } from './charts.ts';
import { reportPage } from './report-page.ts';
import { reportTables, verdictLine } from './report-tables.ts';

const times = { count: 100, mean: 4, p50: 3, p90: 5, p99: 9, p999: 12, max: 13 };
const nothing = { ...times, count: 0 };
const counts = { accepted: 90, refused: 10, 'too busy': 0, unavailable: 0, 'server error': 0, unanswered: 0 };
const second = (n: number): SecondOfLoad => ({
  ...{ second: n, wantedEvents: 100, events: 99, commands: 107, failures: 0, underWay: 2, cpu: 0.1 },
  ...{ command: times, late: times, record: n === 2 ? nothing : times },
  visible: { 'order-summary': times },
  lag: { 'order-command': 2, 'order-summary': 5 },
});
const result: LoadResult = {
  ...{
    ok: false,
    faults: ['lost: <order> 1'],
    notes: ['a note'],
    startedAt: '2026-11-21T20:57:44.123Z',
    isWhole: true,
  },
  ...{
    seconds: 3,
    wantedEventsPerSecond: 100,
    eventsPerSecond: 99,
    commandsPerSecond: 107,
    events: 297,
    commands: 321,
  },
  ...{ orders: 44, first: counts, requests: { ...counts, accepted: 95 }, unsettled: 0, surprises: [] },
  plan: {
    profile: { kind: 'steady', eventsPerSecond: 100, rampSeconds: 0, seconds: 3 },
    ...{
      seed: 1,
      trade: { customers: 1, restaurants: 1, skew: 0 },
      openOrders: 60,
      connections: 8,
      samplesPerSecond: 5,
    },
  },
  target: { commandUrl: 'http://localhost:3000', projectors: [] },
  delays: [
    {
      of: 'command → answer',
      percentiles: times,
      curve: [
        [0, 1],
        [50, 3],
        [99, 9],
      ],
    },
  ],
  generator: { cpuUsPerCommand: 120, lateMs: times, isLate: false },
  lag: [{ hop: 'order-summary', grows: true, isUnknown: false, slope: 20, threshold: 10, last: 500, most: 600 }],
  audit: {
    ...{ compared: 'all', ok: false, orders: 44, events: 297, seconds: 1, lost: 1, doubled: 0, outOfOrder: 0 },
    ...{ amiss: 0, repeated: 0, findings: ['lost: <order> 1'] },
  },
  series: [second(1), second(2), second(3)],
};

describe('the report of a load', () => {
  it('has one line that counts', () => {
    expect(verdictLine(result)).toBe('lost 1, doubled 0, out of order 0; lag GROWS at order-summary');
    const lag = result.lag.map((hop) => ({ ...hop, grows: false }));
    expect(verdictLine({ ...result, lag })).toBe('lost 1, doubled 0, out of order 0; lag does not grow');
    expect(verdictLine({ ...result, lag: [] })).toMatch(/lag was seen too short to tell$/u);
  });

  it('tells what was sent again under the same key', () => {
    const [, outcomes] = reportTables(result);
    expect(outcomes?.rows).toContainEqual(['sent again with the same key', '', '5']);
  });

  it('is a page that needs nothing from elsewhere, with its plots in it', () => {
    const page = reportPage(result);
    expect(page).toContain('var uPlot=');
    expect(page.replaceAll(/https?:\/\/(localhost|www\.w3\.org|github\.com)\S*/gu, '')).not.toMatch(
      /src=|href=|url\(|https?:/u,
    );
    expect(page).toContain('lost: &lt;order&gt; 1');
  });

  it('plots a second in which nothing was measured as a gap, and every line over the same seconds', () => {
    const charts = chartsOf(result);
    for (const { values, lines } of charts) {
      expect(values).toHaveLength(lines.length + 1);
      expect(new Set(values.map(({ length }) => length)).size).toBe(1);
    }
    expect(charts.find(({ title }) => title.startsWith('Commit to record'))?.values[1]).toEqual([3, null, 3]);
  });
});
