import { describe, expect, it } from 'vitest';
import { dayCurve, daySeconds, eventsPerSecondAt } from './profile.ts';

describe('a steady rate', () => {
  const steady = { kind: 'steady', eventsPerSecond: 1_160, rampSeconds: 10, seconds: 60 } as const;

  it('is climbed to evenly, then kept', () => {
    expect([0, 5, 10, 70].map((at) => eventsPerSecondAt(steady, at))).toEqual([0, 580, 1_160, 1_160]);
    expect(eventsPerSecondAt({ ...steady, rampSeconds: 0 }, 0)).toBe(1_160);
  });
});

describe('a day', () => {
  const day = { kind: 'day', eventsPerDay: 10_000_000, compress: 1, seconds: daySeconds } as const;

  it('comes to its events, with its peaks at lunch and dinner', () => {
    const perMinute = Array.from({ length: 1_440 }, (_, minute) => eventsPerSecondAt(day, minute * 60) * 60);
    expect(perMinute.reduce((sum, events) => sum + events, 0)).toBeCloseTo(10_000_000, -3);
    const [lunch, dinner, night, afternoon] = [dayCurve(12.5), dayCurve(19.25), dayCurve(3.5), dayCurve(15.5)];
    expect(dinner).toBeGreaterThan(lunch);
    expect(lunch).toBeGreaterThan(2);
    expect(afternoon).toBeLessThan(1);
    expect(night).toBeLessThan(0.3);
  });

  it('passes faster when compressed, at the rates of the day', () => {
    expect(eventsPerSecondAt({ ...day, compress: 60 }, 12 * 60)).toBeCloseTo(eventsPerSecondAt(day, 12 * 3_600));
  });
});
