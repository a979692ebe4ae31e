import { expect, it } from 'vitest';
import { spread } from './status-counts.ts';

it('spreads instants evenly, both ends included', () => {
  const instants = spread(1_000, 4_000, 4);
  expect(instants.map((instant) => Date.parse(instant))).toEqual([1_000, 2_000, 3_000, 4_000]);
  expect(spread(0, 1, 200).at(-1)).toBe(new Date(1).toISOString());
});
