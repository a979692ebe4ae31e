import { expect, it } from 'vitest';
import { chanceOf } from '../lives/chance.ts';
import { trendOf, type LagPoint } from './lag-trend.ts';

const rate = 1_000;
const points = (seconds: number, events: (second: number) => number): LagPoint[] =>
  Array.from({ length: seconds }, (_, second) => ({ second, events: events(second) }));

it('a lag that goes up and down with the batches does not grow', () => {
  const chance = chanceOf(1);
  expect(
    trendOf(
      'kafka',
      points(600, () => chance() * 900),
      rate,
    ),
  ).toMatchObject({ grows: false });
});

it('a hop that leaves two of a hundred events grows, however slow that is', () => {
  const trend = trendOf(
    'kafka',
    points(600, (second) => second * 0.02 * rate),
    rate,
  );
  expect(trend).toMatchObject({ grows: true, threshold: 10 });
  expect(trend.slope).toBeCloseTo(20);
});

it('a lag that grew while the system warmed up and stays does not grow', () => {
  expect(
    trendOf(
      'kafka',
      points(60, (second) => Math.min(second, 10) * 500),
      rate,
    ).grows,
  ).toBe(false);
});

it('in a short run a second of events more is needed, so that a batch is not taken for a trend', () => {
  expect(
    trendOf(
      'kafka',
      points(10, (second) => second * 0.15 * rate),
      rate,
    ).grows,
  ).toBe(false);
  expect(
    trendOf(
      'kafka',
      points(10, (second) => second * 0.5 * rate),
      rate,
    ).grows,
  ).toBe(true);
});

it('a stop at the end grows; of what was hardly seen nothing is said', () => {
  const stopped = points(60, (second) => (second < 40 ? 10 : (second - 40) * rate));
  expect(trendOf('kafka', stopped, rate).grows).toBe(true);
  expect(trendOf('kafka', [], rate)).toMatchObject({ grows: false, isUnknown: true, last: 0, most: 0 });
  expect(
    trendOf(
      'kafka',
      points(4, (second) => second * rate),
      rate,
    ),
  ).toMatchObject({ grows: false, isUnknown: true });
  expect(trendOf('kafka', stopped, rate).isUnknown).toBe(false);
});
