import { build, type Histogram } from 'hdr-histogram-js';

/** Milliseconds, to a microsecond where what was measured is that exact. */
export type Percentiles = {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

/** The share of values, in percent, up to a value in milliseconds. */
export type CurvePoint = readonly [percent: number, ms: number];

/** 100 - 99.9 is a little less than 0.1. */
const tiny = 1e-6;
const longestUs = 3_600_000_000;
const newHistogram = (): Histogram =>
  build({ lowestDiscernibleValue: 1, highestTrackableValue: longestUs, numberOfSignificantValueDigits: 3 });

/** Times from 1 µs to an hour, exact to a thousandth: of everything since the begin, and of what came since it was last looked at. */
export class Latency {
  readonly #all = newHistogram();
  readonly #lately = newHistogram();

  record(ms: number): void {
    const us = Math.min(longestUs, Math.max(1, Math.round(ms * 1_000)));
    this.#all.recordValue(us);
    this.#lately.recordValue(us);
  }

  whole(): Percentiles {
    return percentilesOf(this.#all);
  }

  /** Of what came since the last call of this. */
  lately(): Percentiles {
    const percentiles = percentilesOf(this.#lately);
    this.#lately.reset();
    return percentiles;
  }

  curve(): CurvePoint[] {
    if (this.#all.totalCount === 0) return [];
    return curvePercents
      .filter((percent) => (100 - percent) * this.#all.totalCount > 100 - tiny || percent === 0)
      .map((percent): CurvePoint => [percent, this.#all.getValueAtPercentile(percent) / 1_000]);
  }

  /** Forgets what it has recorded. */
  beginAnew(): void {
    this.#all.reset();
  }
}

const curvePercents = [
  ...[0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 98, 99, 99.5],
  ...[99.75, 99.9, 99.95, 99.975, 99.99, 99.995, 99.999, 99.9999],
];

const percentilesOf = (histogram: Histogram): Percentiles => {
  const at = (percent: number): number =>
    histogram.totalCount === 0 ? 0 : histogram.getValueAtPercentile(percent) / 1_000;
  return {
    count: histogram.totalCount,
    mean: histogram.totalCount === 0 ? 0 : Math.round(histogram.mean) / 1_000,
    p50: at(50),
    p90: at(90),
    p99: at(99),
    p999: at(99.9),
    max: histogram.totalCount === 0 ? 0 : histogram.maxValue / 1_000,
  };
};
