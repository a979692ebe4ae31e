import { expect, it } from 'vitest';
import { reportText } from './report-table.ts';
import { runCampaign } from './run-campaign.ts';
import { drawSchedule } from './schedule.ts';

/** Always the same faults, so that a run can be held against the one before; ORDERLINE_SEED draws others. */
const seed = Number(process.env['ORDERLINE_SEED'] ?? 7);
const minutes = Number(process.env['ORDERLINE_CAMPAIGN_MINUTES'] ?? 5);
/** As everywhere else. */
const forgivenAfterMs = 60_000;

it(
  'nothing is lost, doubled, out of order or divergent, no promise is broken, and every part comes back by itself, under minutes of faults',
  async () => {
    const report = await runCampaign({
      seed,
      minutes,
      schedule: drawSchedule(seed, minutes, { forgivenAfterMs }),
      forgivenAfterMs,
      ratePerSecond: 30,
      judgeEvery: 12,
      say: (line) => console.log(line),
      signal: new AbortController().signal,
    });
    console.log(reportText(report));
    expect(report.load.surprises, 'answers that a sound system does not give').toEqual([]);
    expect(report.verdicts.flatMap(({ findings }) => findings)).toEqual([]);
    expect(report.episodes.flatMap(({ recovery: { amiss } }) => amiss ?? [])).toEqual([]);
    expect(report.episodes.length).toBeGreaterThan(0);
    expect(report.ok).toBe(true);
  },
  (minutes + 10) * 60_000,
);
