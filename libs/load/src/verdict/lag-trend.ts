/** How many events a hop was behind at a second of the run. */
export type LagPoint = { readonly second: number; readonly events: number };

export type LagTrend = {
  readonly hop: string;
  readonly grows: boolean;
  /** Too little was seen to tell. */
  readonly isUnknown: boolean;
  /** Events a second, over the second half; a line of least squares. */
  readonly slope: number;
  /** Above it, lag grows. */
  readonly threshold: number;
  readonly last: number;
  readonly most: number;
};

/** A hop that takes in less than 99 of a hundred events is behind for ever. */
const shareLeft = 0.01;
/** Less than a second's events more at the end than in the middle is the ups and downs of batches. */
const leastSeconds = 1;
const fewestPoints = 3;
const leastSpan = 3;

/**
 * Whether lag grew in the second half of a run at this rate: steadily by more than a hundredth of the events, and to more than
 * a second's worth. Points are in the order of their seconds.
 */
export const trendOf = (hop: string, points: readonly LagPoint[], eventsPerSecond: number): LagTrend => {
  const end = points.at(-1)?.second ?? 0;
  const from = ((points[0]?.second ?? 0) + end) / 2;
  const half = points.filter(({ second }) => second >= from);
  const span = end - from;
  const isUnknown = half.length < fewestPoints || span < leastSpan;
  const slope = isUnknown ? 0 : slopeOf(half);
  const threshold = eventsPerSecond * Math.max(shareLeft, span > 0 ? leastSeconds / span : 1);
  return {
    hop,
    grows: slope > threshold,
    isUnknown,
    slope,
    threshold,
    last: points.at(-1)?.events ?? 0,
    most: Math.max(0, ...points.map(({ events }) => events)),
  };
};

const slopeOf = (points: readonly LagPoint[]): number => {
  const mean = (pick: (point: LagPoint) => number): number =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const [meanSecond, meanEvents] = [mean(({ second }) => second), mean(({ events }) => events)];
  let [rise, run] = [0, 0];
  for (const { second, events } of points) {
    rise += (second - meanSecond) * (events - meanEvents);
    run += (second - meanSecond) ** 2;
  }
  return run === 0 ? 0 : rise / run;
};
