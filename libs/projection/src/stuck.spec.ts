import { expect, it } from 'vitest';
import { longestStuck, observe, type StuckSince } from './stuck.ts';

const watch = (...moments: [at: number, position: bigint | undefined][]): StuckSince =>
  moments.reduce<StuckSince>(
    (since, [at, position]) => observe(since, new Map(position === undefined ? [] : [['1/0', position]]), at),
    new Map(),
  );

it('counts from when records were first seen waiting at a position', () => {
  expect(longestStuck(watch([0, 5n], [10, 5n], [30_000, 5n]), 31_000)).toBe(31_000);
});

it('begins anew when the position moves', () => {
  expect(longestStuck(watch([0, 5n], [10_000, 6n]), 31_000)).toBe(21_000);
});

it('forgets a place where nothing waits any more', () => {
  expect(longestStuck(watch([0, 5n], [10_000, undefined]), 31_000)).toBe(0);
});

it('looks at the place that has waited longest', () => {
  const since = observe(
    observe(new Map(), new Map([['1/0', 1n]]), 0),
    new Map([
      ['1/0', 1n],
      ['1/1', 1n],
    ]),
    10_000,
  );
  expect(longestStuck(since, 20_000)).toBe(20_000);
});
