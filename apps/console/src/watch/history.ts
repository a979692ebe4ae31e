import type { History, Pipeline } from '../shapes.ts';

export type HistoryRing = {
  add(pipeline: Pipeline): void;
  points(): History;
};

/** The last `length` looks, as a chart needs them. */
export const createHistory = (length = 600): HistoryRing => {
  const points: History['points'] = [];
  return {
    add: ({ at, hops }) => {
      points.push({
        at,
        ratePerSecond: Object.fromEntries(hops.map(({ id, ratePerSecond }) => [id, ratePerSecond])),
        lagSeconds: Object.fromEntries(hops.map(({ id, lagSeconds }) => [id, lagSeconds])),
      });
      if (points.length > length) points.shift();
    },
    points: () => ({ points }),
  };
};
