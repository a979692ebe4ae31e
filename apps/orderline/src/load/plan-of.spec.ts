import { describe, expect, it } from 'vitest';
import { planOf, type LoadFlags } from './plan-of.ts';

const flags: LoadFlags = {
  ...{ rate: '1160', ramp: '10s', compress: '60', seed: '7', customers: '100k', restaurants: '1000', skew: '0.8' },
  ...{ open: '20k', connections: '512', samples: '10' },
};

describe('the options of a load', () => {
  it('are events a second, for a time after the ramp', () => {
    expect(planOf({ ...flags, duration: '10m' })).toMatchObject({
      profile: { kind: 'steady', eventsPerSecond: 1_160, rampSeconds: 10, seconds: 600 },
      seed: 7,
      trade: { customers: 100_000, restaurants: 1_000, skew: 0.8 },
    });
  });

  it('are commands a second when that is said, which come to fewer events', () => {
    const { profile } = planOf({ ...flags, commands: true });
    expect(profile.kind === 'steady' && profile.eventsPerSecond).toBeLessThan(1_160);
    expect(profile.kind === 'steady' && profile.eventsPerSecond).toBeGreaterThan(1_000);
  });

  it('are a day of so many events that passes faster', () => {
    expect(planOf({ ...flags, day: '10M' }).profile).toEqual({
      kind: 'day',
      eventsPerDay: 10_000_000,
      compress: 60,
      seconds: 1_440,
    });
  });

  it.each([
    [{ rate: 'fast' }, '--rate is something like 10M, not fast'],
    [{ rate: '0' }, '--rate is more than 0'],
    [{ duration: '5x' }, '--duration is something like 10m, not 5x'],
    [{ customers: '0.5' }, '--customers is a whole number from 1 on, not 0.5'],
    [{ day: '10M', commands: true }, '--day counts events; --commands goes with --rate'],
  ])('that make no sense are named: %o', (wrong, message) => {
    expect(() => planOf({ ...flags, ...wrong })).toThrow(message);
  });
});
