import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectionStatus } from '../status.ts';
import { exposeMetrics } from './metrics.ts';

const status: ProjectionStatus = {
  ...{ name: 'order-summary', version: 1, generation: 7, state: 'filling', partitions: [], ratePerSecond: 100 },
  ...{ lagEvents: 250, lagSeconds: 1.5, applied: 750, duplicates: 3, parked: 2 },
  rebuild: { percent: 75, secondsLeft: 3 },
  comparison: null,
  verifiedAt: null,
};
const verified: ProjectionStatus = {
  ...status,
  ...{ generation: 6, state: 'serving', rebuild: null, verifiedAt: new Date(1_760_000_000_000) },
  comparison: { rows: 9, differing: 0, differences: [] },
};

let asked: number;
let answer: () => Promise<ProjectionStatus[]>;
let registry: Registry;
beforeEach(() => {
  asked = 0;
  registry = new Registry();
  answer = () => Promise.resolve([status, verified]);
  const projector = {
    status: () => {
      asked += 1;
      return answer();
    },
    passedOver: () => [{ feed: 'main', why: 'no_value', records: 4 }] as const,
    standing: () => ({ stuckSeconds: 31, waitingFeeds: 1 }),
  };
  exposeMetrics(projector, registry);
});
const scrape = async (): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith('orderline_'));
const of = (name: string): string => `orderline_projection_${name}`;
const filling = '{projection="order-summary",generation="7",state="filling"}';
const serving = '{projection="order-summary",generation="6",state="serving"}';

describe('the metrics of a projector', () => {
  it('show every generation and how the instance does, by one question a scrape', async () => {
    expect(await scrape()).toEqual(
      expect.arrayContaining([
        `${of('lag_events')}${filling} 250`,
        `${of('lag_seconds')}${filling} 1.5`,
        `${of('parked_orders')}${serving} 2`,
        `${of('rebuild_ratio')}${filling} 0.75`,
        `${of('rebuild_left_seconds')}${filling} 3`,
        `${of('applied_events_total')}${filling} 750`,
        `${of('duplicate_events_total')}${filling} 3`,
        `${of('verified_timestamp_seconds')}${serving} 1760000000`,
        `${of('stuck_seconds')} 31`,
        `${of('waiting_feeds')} 1`,
        `${of('passed_over_records_total')}{feed="main",why="no_value"} 4`,
      ]),
    );
    expect(asked).toBe(1);
    expect((await scrape()).filter((line) => line.includes('applied_events_total'))).toEqual([
      `${of('applied_events_total')}${filling} 750`,
      `${of('applied_events_total')}${serving} 750`,
    ]);
  });

  it('leave out what there is none of', async () => {
    const lines = await scrape();
    expect(lines.filter((line) => line.startsWith(`${of('rebuild_ratio')}{`))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith(`${of('verified_timestamp_seconds')}{`))).toHaveLength(1);
  });

  it('do not wait for what does not answer: they show what was known, and how old it is', async () => {
    await scrape();
    answer = () => new Promise(() => undefined);
    const began = performance.now();
    const lines = await scrape();
    expect(performance.now() - began).toBeLessThan(900);
    expect(lines).toContain(`${of('lag_events')}${filling} 250`);
    const age = lines.find((line) => line.startsWith(of('status_age_seconds')))?.split(' ')[1];
    expect(Number(age)).toBeGreaterThanOrEqual(0.49);
    await scrape();
    expect(asked).toBe(2);
  });

  it('show what was known where asking fails, and nothing before it ever was', async () => {
    answer = () => Promise.reject(new Error('away'));
    const figures = (lines: string[]) => lines.filter((line) => /_(lag_events|status_age_seconds)/u.test(line));
    expect(figures(await scrape())).toEqual([]);
    answer = () => Promise.resolve([status]);
    await scrape();
    answer = () => Promise.reject(new Error('away'));
    expect(figures(await scrape())).toContain(`${of('lag_events')}${filling} 250`);
  });
});
