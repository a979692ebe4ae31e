import type { Receipts } from '../../src/order-shapes.ts';

export type Reached = 'yes' | 'waiting' | 'parked' | 'unknown';

/** Only what serves is waited for: a generation that fills, or stands by, follows at its own pace. */
export const servingOf = ({ projections }: Receipts): Receipts['projections'] =>
  projections.filter(({ state }) => state === 'serving');

export const inTopic = ({ isTopicKnown, versions }: Receipts, version: number): Reached => {
  const found = versions.find((one) => one.version === version);
  if (found !== undefined && found.relayed !== null) return 'yes';
  return isTopicKnown ? 'waiting' : 'unknown';
};

export const inProjection = (projection: Receipts['projections'][number], version: number): Reached => {
  if (projection.version >= version) return 'yes';
  return projection.parked ? 'parked' : 'waiting';
};

export type AppReached = {
  app: string;
  reached: Reached;
  version: number;
  appliedAt: string | null;
  projections: string[];
};

/** What serves, app by app: an app is where its slowest projection is. */
export const byApp = (receipts: Receipts, version: number): AppReached[] =>
  [...Map.groupBy(servingOf(receipts), ({ app }) => app)].toSorted(byName).map(([app, projections]) => {
    const reached = projections.map((projection) => inProjection(projection, version));
    const slowest = projections.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
    return {
      app,
      reached: reached.find((one) => one === 'parked') ?? reached.find((one) => one === 'waiting') ?? 'yes',
      version: Math.min(...projections.map((projection) => projection.version)),
      appliedAt: slowest.at(-1)?.appliedAt ?? null,
      projections: projections.map(({ projection }) => projection),
    };
  });

/** Who answers first comes first: the next time it is another. */
const byName = ([one]: [string, unknown], [other]: [string, unknown]): number => one.localeCompare(other);

const keyOf = ({ appliedAt }: Receipts['projections'][number]): string => appliedAt ?? '';

/** Nothing more will come for this version by itself: it is where it can be, or parked, or a part has to come back first. */
export const isSettled = (receipts: Receipts, head: number): boolean =>
  receipts.versions.some(({ version }) => version === head) &&
  inTopic(receipts, head) !== 'waiting' &&
  servingOf(receipts).every((projection) => inProjection(projection, head) !== 'waiting');
