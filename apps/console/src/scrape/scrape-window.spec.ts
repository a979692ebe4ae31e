import { describe, expect, it } from 'vitest';
import { createScrapeWindow, ratePerSecond } from './scrape-window.ts';

const windowOf = (...readings: [seconds: number, count: number][]) => {
  const window = createScrapeWindow();
  for (const [seconds, count] of readings) {
    const histograms = new Map([['h', new Map([[Number.POSITIVE_INFINITY, count]])]]);
    window.add({ at: seconds * 1_000, figures: new Map([['c', count]]), histograms });
  }
  return window;
};

describe('the rate of a counter', () => {
  it('is that of the last five seconds', () => {
    expect(windowOf([0, 0], [5, 1_000], [6, 1_010], [10, 1_050]).rate('c')).toBe(10);
  });

  it('is that of the last two readings where they are further apart', () => {
    expect(windowOf([0, 0], [10, 100]).rate('c')).toBe(10);
  });

  it('is not known before a second reading, nor where nobody tells it', () => {
    expect(windowOf([0, 5]).rate('c')).toBeNull();
    expect(windowOf([0, 5], [1, 6]).rate('another')).toBeNull();
  });

  it('never is below nothing: a process that started anew counts from there', () => {
    expect(windowOf([0, 1_000], [2, 10]).rate('c')).toBe(5);
    expect(ratePerSecond({ at: 0, count: 9 }, { at: 0, count: 10 })).toBe(0);
  });
});

describe('the readings of a histogram', () => {
  it('are the first and the last of the last minute', () => {
    const window = windowOf([0, 1], [30, 2], [89, 3], [90, 4]);
    const [before, now] = [window.ends('h')?.before, window.ends('h')?.now];
    expect([...(before?.values() ?? []), ...(now?.values() ?? [])]).toEqual([2, 4]);
  });
});
