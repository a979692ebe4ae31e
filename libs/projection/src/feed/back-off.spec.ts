import { expect, it } from 'vitest';
import { backOff } from './back-off.ts';

it('doubles up to five seconds, half of it by chance', () => {
  expect([0, 1, 2, 5, 20, 1_000].map((tries) => [backOff(tries, 0), backOff(tries, 1)])).toEqual([
    [25, 50],
    [50, 100],
    [100, 200],
    [800, 1_600],
    [2_500, 5_000],
    [2_500, 5_000],
  ]);
});
