import type { History, ParkedOrders, Pipeline, Projections } from '../../src/shapes.ts';

export type Point = History['points'][number];

/** What the stream has told so far. `connection` is the page's to the console; what is behind that is in `pipeline`. */
export type Live = {
  connection: 'opening' | 'open' | 'lost';
  pipeline: Pipeline | null;
  projections: Projections | null;
  parked: ParkedOrders | null;
  points: Point[];
};

export type News =
  | { kind: 'opened' }
  | { kind: 'lost' }
  | { kind: 'pipeline'; told: Pipeline }
  | { kind: 'projections'; told: Projections }
  | { kind: 'parked'; told: ParkedOrders }
  | { kind: 'history'; told: History };

export const nothingYet: Live = { connection: 'opening', pipeline: null, projections: null, parked: null, points: [] };

/** Ten minutes of points, one a second. */
export const kept = 600;

export const after = (live: Live, news: News): Live => {
  switch (news.kind) {
    case 'opened':
      return { ...live, connection: 'open' };
    case 'lost':
      return { ...live, connection: 'lost' };
    case 'history':
      return { ...live, points: news.told.points.slice(-kept) };
    case 'pipeline':
      return { ...live, pipeline: news.told, points: withPoint(live.points, pointOf(news.told)) };
    case 'projections':
      return { ...live, projections: news.told };
    case 'parked':
      return { ...live, parked: news.told };
  }
};

/** The history may hold the second that is told next as well. */
const withPoint = (points: Point[], point: Point): Point[] => {
  const last = points.at(-1);
  return last !== undefined && last.at >= point.at ? points : [...points, point].slice(-kept);
};

const pointOf = ({ at, hops }: Pipeline): Point => ({
  at,
  ratePerSecond: Object.fromEntries(hops.map((hop) => [hop.id, hop.ratePerSecond])),
  lagSeconds: Object.fromEntries(hops.map((hop) => [hop.id, hop.lagSeconds])),
});
