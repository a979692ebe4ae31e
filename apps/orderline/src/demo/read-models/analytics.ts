import { compare, isVisible, minorUnits, readJson, tally, type ReadModel, type WrittenOrder } from './read-model.ts';

type Figures = {
  counts: Record<string, number>;
  received: Record<string, number>;
  refunded: Record<string, number>;
  created: number;
};
type Revenue = { days: { currency: string; received: string; refunded: string }[] };

/** Its figures are of all orders: they are taken before and after, and what they grew by is compared with what was written. */
export const analytics = async (url: string): Promise<ReadModel> => {
  const before = await figuresOf(url);
  return {
    projection: 'analytics',
    awaitVersion: (version) => isVisible(`${url}/status-counts`, version),
    mismatches: async (written) => compare('growth', expected(written), growth(before, await figuresOf(url))),
  };
};

const figuresOf = async (url: string): Promise<Figures> => {
  const { counts } = await readJson<{ counts: Record<string, number> }>(`${url}/status-counts`);
  const { days } = await readJson<Revenue>(`${url}/revenue`);
  const funnel = await readJson<{ created: number }>(`${url}/funnel`);
  return {
    counts,
    received: tally(
      days,
      ({ currency }) => currency,
      (day) => minorUnits(day.received),
    ),
    refunded: tally(
      days,
      ({ currency }) => currency,
      (day) => minorUnits(day.refunded),
    ),
    created: funnel.created,
  };
};

const expected = (written: WrittenOrder[]): Figures => ({
  counts: sorted(tally(written, ({ status }) => status)),
  received: sorted(
    tally(
      written,
      ({ currency }) => currency,
      ({ paid }) => minorUnits(paid),
    ),
  ),
  refunded: sorted(
    tally(
      written,
      ({ currency }) => currency,
      ({ refunded }) => minorUnits(refunded),
    ),
  ),
  created: written.length,
});

const growth = (before: Figures, after: Figures): Figures => ({
  counts: sorted(grown(before.counts, after.counts)),
  received: sorted(grown(before.received, after.received)),
  refunded: sorted(grown(before.refunded, after.refunded)),
  created: after.created - before.created,
});

const grown = (before: Record<string, number>, after: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)]));

const sorted = (sums: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(sums)
      .filter(([, sum]) => sum !== 0)
      .sort(),
  );
