import { describe, expect, it } from 'vitest';
import { createRestartPace } from './restart-pace.ts';

/** When restarts are due, looked at every second, while the trouble lasts. */
const restartsWithin = (
  seconds: number,
  restartAfterMs: number | null,
  pace = createRestartPace(),
  from = 0,
): number[] => {
  const due: number[] = [];
  for (let now = from; now < from + seconds; now += 1) if (pace.isDue(now * 1_000, restartAfterMs)) due.push(now);
  return due;
};

describe('restarts', () => {
  it('come at once and then ever further apart, up to a minute', () => {
    expect(restartsWithin(200, 0)).toEqual([0, 2, 6, 14, 30, 62, 122, 182]);
  });

  it('wait for what may pass by itself', () => {
    expect(restartsWithin(30, 10_000)).toEqual([10, 21]);
    const pace = createRestartPace();
    expect([...restartsWithin(9, 10_000, pace), ...restartsWithin(1, null, pace, 9)]).toEqual([]);
    expect(restartsWithin(9, 10_000, pace, 10)).toEqual([]);
  });

  it('begin anew after a minute without trouble, and only then', () => {
    const pace = createRestartPace();
    expect(restartsWithin(15, 0, pace)).toEqual([0, 2, 6, 14]);
    restartsWithin(5, null, pace, 15);
    expect(restartsWithin(20, 0, pace, 20)).toEqual([30]);
    restartsWithin(100, null, pace, 40);
    expect(restartsWithin(3, 0, pace, 140)).toEqual([140, 142]);
  });
});
