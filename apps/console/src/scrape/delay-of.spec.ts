import { describe, expect, it } from 'vitest';
import { delayOf, together } from './delay-of.ts';
import type { Buckets } from './read-scrape.ts';

const edges = [0.01, 0.02, 0.04, Number.POSITIVE_INFINITY];
/** Counts in each bucket, as a histogram tells them: added up. */
const buckets = (...counts: number[]): Buckets => {
  let sum = 0;
  return new Map(edges.map((edge, at) => [edge, (sum += counts[at] ?? 0)]));
};

describe('the delay between two readings of a histogram', () => {
  it('is of what was observed in between only', () => {
    expect(delayOf(buckets(1_000, 0, 0, 9), buckets(1_000, 100, 0, 9))).toEqual({ p50: 15, p90: 19, max: 20 });
  });

  it('is none where nothing was observed', () => {
    expect(delayOf(buckets(5, 5), buckets(5, 5))).toBeNull();
    expect(delayOf(undefined, buckets())).toBeNull();
  });

  it('spreads observations evenly in their bucket, from nothing in the first one', () => {
    expect(delayOf(undefined, buckets(10))).toEqual({ p50: 5, p90: 9, max: 10 });
    expect(delayOf(undefined, buckets(50, 0, 50))).toEqual({ p50: 10, p90: 36, max: 40 });
  });

  it('puts what is past the last edge on it', () => {
    expect(delayOf(undefined, buckets(0, 0, 0, 4))).toEqual({ p50: 40, p90: 40, max: 40 });
  });

  it('counts from nothing where the process started anew', () => {
    expect(delayOf(buckets(500, 500), buckets(10))).toEqual({ p50: 5, p90: 9, max: 10 });
  });

  it('is one of several instances where their histograms are put together', () => {
    expect(delayOf(undefined, together([buckets(0, 10), buckets(0, 30)]))?.p50).toBe(15);
  });
});
