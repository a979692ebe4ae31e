import { describe, expect, it } from 'vitest';
import { countDeath, restartDelayMs } from './back-off.ts';

describe('restarts', () => {
  it('come half a second after a death, then later each time, never more than fifteen seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map(restartDelayMs)).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  });
  it('start anew with a part that ran for a minute', () => {
    expect(countDeath(6, 59_999)).toBe(7);
    expect(countDeath(6, 60_000)).toBe(1);
    expect(countDeath(6, 10_000, 10_000)).toBe(1);
  });
});
