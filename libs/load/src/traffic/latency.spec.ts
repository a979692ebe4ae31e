import { expect, it } from 'vitest';
import { Latency } from './latency.ts';

const recorded = (...times: number[]): Latency => {
  const latency = new Latency();
  for (const ms of times) latency.record(ms);
  return latency;
};

it('tells quantiles of everything, and of what came since they were last looked at', () => {
  const latency = recorded(...Array.from({ length: 1_000 }, (_, n) => n + 1));
  expect(latency.lately()).toMatchObject({ count: 1_000 });
  latency.record(5_000);
  expect(latency.lately()).toMatchObject({ count: 1, p50: expect.closeTo(5_000, -1) as number });
  expect(latency.lately()).toMatchObject({ count: 0, p50: 0, max: 0 });
  const { p50, p99, max, count } = latency.whole();
  expect([p50 / 501, p99 / 991, max / 5_000].every((ratio) => Math.abs(ratio - 1) < 0.002)).toBe(true);
  expect(count).toBe(1_001);
});

it('its curve goes no further than what was measured can tell', () => {
  const last = (times: number): number | undefined =>
    recorded(...Array.from({ length: times }, () => 3))
      .curve()
      .at(-1)?.[0];
  expect([last(0), last(10), last(1_000), last(100_000)]).toEqual([undefined, 90, 99.9, 99.999]);
});

it('keeps times that are too short or too long to be told at its ends', () => {
  const { max, p50 } = recorded(-4, 0, 1e12).whole();
  expect(p50).toBe(0.001);
  expect(max).toBeCloseTo(3_600_000, -4);
});
