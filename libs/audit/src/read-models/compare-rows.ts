import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import { differingRows, type DifferingRow } from './differing-row.ts';
import { readExpected, readExpectedOrders, sumExpected, type Cut } from './expected-rows.ts';
import type { KnownTable, Sums } from './known-tables.ts';
import { nameRows } from './name-rows.ts';
import type { OpenModel, Served } from './open-model.ts';
import type { Lag } from './progress.ts';
import { readCutRows, readShown, sumShown, type Shown } from './shown-rows.ts';

/** One projection to be compared, with the orders that it has not brought to the store's head. */
export type Compared = {
  readonly model: OpenModel;
  readonly served: Served;
  readonly lags: ReadonlyMap<string, Lag>;
};
type KnownOne = Compared & {
  readonly shown: Shown;
  readonly told: { readonly known: KnownTable; readonly where: string };
};

const nothing: Sums = new Map();

/**
 * What readers see against what the stored events make, each projection at the versions that it had come to: its rows and its
 * progress are of one snapshot, older than the store's, so that nothing has to settle. Throws where sums differ and no row does.
 */
export const compareRows = async (store: Queryable, compared: readonly Compared[]): Promise<KindFinding[]> => {
  const cuts = cutsOf(compared);
  const known = ofKnownTables(compared, [...new Set(cuts.map(({ orderId }) => orderId))]);
  const told = known.map((one) => one.told);
  const [expected, shown] = await Promise.all([sumExpected(store, told, cuts), sumAllShown(known)]);
  const findings: KindFinding[] = [];
  for (const one of known) {
    const buckets = differingBuckets(expected.get(one.told.where) ?? nothing, shown.get(one.told.where) ?? nothing);
    const rows = [...(await differingIn(store, one, cuts, buckets)), ...(await differingOfCut(store, one))];
    findings.push(...(await nameRows(store, one.told, rows)));
  }
  return findings;
};

/** One after another: a snapshot is one connection. */
const sumAllShown = async (known: readonly KnownOne[]): Promise<Map<string, Sums>> => {
  const sums = new Map<string, Sums>();
  for (const { told, model, shown } of known) sums.set(told.where, await sumShown(model.snapshot, shown));
  return sums;
};

const cutsOf = (compared: readonly Compared[]): Cut[] =>
  compared.flatMap(({ served, lags }) =>
    [...lags.values()].map(({ orderId, applied, givenUp }) => ({
      place: served.where,
      orderId,
      upto: applied,
      givenUp,
    })),
  );

const ofKnownTables = (compared: readonly Compared[], cut: readonly string[]): KnownOne[] =>
  compared.flatMap((one) => {
    const { known, generation, where } = one.served;
    return known === undefined ? [] : [{ ...one, shown: { known, generation, cut }, told: { known, where } }];
  });

const differingBuckets = (expected: Sums, shown: Sums): string[] =>
  [...new Set([...expected.keys(), ...shown.keys()])].filter((bucket) => {
    const [one, other] = [expected.get(bucket), shown.get(bucket)];
    return one?.rows !== other?.rows || one?.digest !== other?.digest;
  });

const differingIn = async (
  store: Queryable,
  { model, shown, told }: KnownOne,
  cuts: readonly Cut[],
  buckets: readonly string[],
): Promise<DifferingRow[]> => {
  if (buckets.length === 0) return [];
  const expected = await readExpected(store, told, cuts, buckets);
  const rows = differingRows(told.known, expected, await readShown(model.snapshot, shown, buckets));
  if (rows.length > 0) return rows;
  throw new Error(
    `${told.where}: rows of ${buckets.join(', ')} do not add up to what the events make, and none differs`,
  );
};

const differingOfCut = async (store: Queryable, { model, shown, told, lags }: KnownOne): Promise<DifferingRow[]> => {
  const { known } = told;
  if (known.shared || shown.cut.length === 0) return [];
  const cuts = shown.cut.map((orderId): Cut => {
    const { applied = beyondAnyVersion, givenUp = [] } = lags.get(orderId) ?? {};
    return { place: told.where, orderId, upto: applied, givenUp };
  });
  const expected = await readExpectedOrders(store, { known, rows: known.rows }, cuts);
  return differingRows(known, expected, await readCutRows(model.snapshot, shown));
};

const beyondAnyVersion = 2 ** 31 - 1;
