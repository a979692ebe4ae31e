import { describe, expect, it } from 'vitest';
import { measureRate } from './measure-rate.ts';
import type { Generation } from './projection-routes.ts';
import { count, duration, progressLine } from './progress-line.ts';

const filling: Generation = {
  ...{ name: 'order-summary', version: 1, generation: 2, state: 'filling', parked: 0, comparison: null },
  partitions: [{ partition: 0, offset: 500, lag: 500 }],
  lagEvents: 500,
  ratePerSecond: 18_204.4,
  rebuild: { percent: 50, secondsLeft: 61 },
};

describe('the progress of a rebuild', () => {
  it('shows how far it is, how fast, and how long it will take', () => {
    expect(progressLine(filling)).toBe(
      '[███████████████░░░░░░░░░░░░░░░]   50.0 %  18,204 events/s  about 1 min 1 s left',
    );
  });
  it('foretells nothing before it moves', () => {
    expect(progressLine({ ...filling, ratePerSecond: 0 })).not.toContain('left');
    expect(progressLine({ ...filling, partitions: [] })).toContain('waiting for its partitions');
  });
  it('says that it compares once nothing is left', () => {
    const done = { ...filling, lagEvents: 0, rebuild: { percent: 100, secondsLeft: 0 } };
    expect(progressLine(done)).toContain(`[${'█'.repeat(30)}]  100.0 %`);
    expect(progressLine(done)).toContain('comparing');
  });
  it('measures the rate of the last seconds itself', () => {
    const at = (offset: number): Generation => ({
      ...filling,
      partitions: [{ partition: 0, offset, lag: 1_000_000 - offset }],
      lagEvents: 1_000_000 - offset,
      ratePerSecond: 0,
    });
    const measured = measureRate();
    expect(measured(at(0), 0).ratePerSecond).toBe(0);
    expect(measured(at(20_000), 1_000).ratePerSecond).toBe(20_000);
    const later = [2, 3, 4, 5, 6, 7].map((second) => measured(at(20_000 + (second - 1) * 50_000), second * 1_000));
    expect(later.at(-1)).toMatchObject({ ratePerSecond: 50_000, rebuild: { secondsLeft: 13.6 } });
  });
  it('writes times and numbers as people do', () => {
    expect([0.2, 59.5, 200, 7_500].map(duration)).toEqual(['1 s', '1 min 0 s', '3 min 20 s', '2 h 5 min']);
    expect(count(1_234_567)).toBe('1,234,567');
  });
});
