import type { Delay } from '../shapes.ts';
import type { Buckets } from './read-scrape.ts';

/**
 * What was observed between two readings of histograms in seconds, as milliseconds; null where nothing was. Within a bucket
 * observations count as evenly spread, as Prometheus's histogram_quantile has it; those past the last finite edge count as on it.
 */
export const delayOf = (before: Buckets | undefined, now: Buckets): Delay | null => {
  const steps = stepsOf(since(before, now));
  const total = steps.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const milliseconds = (seconds: number): number => Math.round(seconds * 10_000) / 10;
  const highest = steps.findLast(({ count }) => count > 0);
  return {
    p50: milliseconds(quantile(steps, total * 0.5)),
    p90: milliseconds(quantile(steps, total * 0.9)),
    max: milliseconds(highest?.to ?? 0),
  };
};

/** Histograms with the same edges as one. */
export const together = (all: readonly Buckets[]): Buckets => {
  const sum = new Map<number, number>();
  for (const buckets of all) for (const [to, count] of buckets) sum.set(to, (sum.get(to) ?? 0) + count);
  return sum;
};

/** A process that started anew counts from nothing. */
const since = (before: Buckets | undefined, now: Buckets): Buckets => {
  const total = now.get(Number.POSITIVE_INFINITY) ?? 0;
  const startedAnew = total < (before?.get(Number.POSITIVE_INFINITY) ?? 0);
  if (before === undefined || startedAnew) return now;
  return new Map([...now].map(([to, count]) => [to, count - (before.get(to) ?? 0)]));
};

type Step = { readonly from: number; readonly to: number; readonly count: number };

const stepsOf = (cumulative: Buckets): Step[] => {
  let [from, counted] = [0, 0];
  return [...cumulative]
    .toSorted(([one], [other]) => one - other)
    .map(([to, upTo]) => {
      const step = { from, to: Number.isFinite(to) ? to : from, count: Math.max(0, upTo - counted) };
      [from, counted] = [step.to, upTo];
      return step;
    });
};

const quantile = (steps: readonly Step[], rank: number): number => {
  let counted = 0;
  for (const { from, to, count } of steps) {
    if (count > 0 && counted + count >= rank) return from + ((to - from) * (rank - counted)) / count;
    counted += count;
  }
  return steps.at(-1)?.to ?? 0;
};
