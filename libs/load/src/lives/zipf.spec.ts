import { expect, it } from 'vitest';
import { chanceOf } from './chance.ts';
import { zipf } from './zipf.ts';

const drawn = (size: number, skew: number, draws: number): number[] => {
  const chance = chanceOf(7);
  const counts = Array.from({ length: size }, () => 0);
  const rankOf = zipf(size, skew);
  for (let n = 0; n < draws; n += 1) counts[rankOf(chance())]! += 1;
  return counts;
};

it('the second rank comes up half as often as the first, the tenth a tenth as often, at a skew of 1', () => {
  const [first = 0, second = 0] = drawn(1_000, 1, 200_000);
  const tenth = drawn(1_000, 1, 200_000)[9] ?? 0;
  expect(second / first).toBeCloseTo(0.5, 1);
  expect(tenth / first).toBeCloseTo(0.1, 1);
});

it('all come up alike without a skew, from the first to the last', () => {
  const counts = drawn(10, 0, 100_000);
  expect(Math.min(...counts)).toBeGreaterThan(9_000);
  expect(Math.max(...counts)).toBeLessThan(11_000);
  expect(zipf(10, 0)(0)).toBe(0);
  expect(zipf(10, 0)(0.999_999)).toBe(9);
});
