import type { Queryable } from '@orderline/postgres';
import type { ModelRow } from './differing-row.ts';
import { historySql } from './history-sql.ts';
import { jsonSql, sumSql, toSums, type KnownTable, type Sums } from './known-tables.ts';

/** A table of one projection; `where` is `<app>/<projection>`. */
export type Told = { readonly known: KnownTable; readonly where: string };

/** An order of which a projection has not all events: none after `upto`, and none of those given up. */
export type Cut = {
  readonly place: string;
  readonly orderId: string;
  readonly upto: number;
  readonly givenUp: readonly number[];
};

const cutSql = `cut AS MATERIALIZED (SELECT place, order_id, upto, given_up::integer[] FROM
  unnest($1::text[], $2::uuid[], $3::integer[], $4::text[]) AS c (place, order_id, upto, given_up))`;
const valuesOf = (cuts: readonly Cut[]): unknown[] => [
  cuts.map(({ place }) => place),
  cuts.map(({ orderId }) => orderId),
  cuts.map(({ upto }) => upto),
  cuts.map(({ givenUp }) => `{${givenUp.join(',')}}`),
];
const isCut = (version: string): string => `(${version} > cut.upto OR ${version} = ANY (cut.given_up))`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Shared rows up to the projection's own cuts; rows of one order without those that any projection cuts. */
const rowsSql = ({ known, where }: Told): string => {
  if (!known.shared) return `SELECT r.* FROM (${known.rows}) r WHERE r.order_id NOT IN (SELECT order_id FROM cut)`;
  const key = known.key.join(', ');
  const sums = known.sums.map((sum) => `sum(${sum})::bigint AS ${sum}`).join(', ');
  return `SELECT ${key}, ${sums} FROM (${known.effects}) effect
    WHERE NOT EXISTS (SELECT FROM cut
      WHERE cut.place = ${literal(where)} AND cut.order_id = effect.order_id AND ${isCut('effect.version')})
    GROUP BY ${key}`;
};

/** What each of these should show, by its place: count and hash per time bucket, in one pass over all events. */
export const sumExpected = async (
  store: Queryable,
  told: readonly Told[],
  cuts: readonly Cut[],
): Promise<Map<string, Sums>> => {
  if (told.length === 0) return new Map();
  const parts = told.map(
    (one) => `(SELECT ${literal(one.where)} AS place, sums.* FROM (${sumSql(one.known, rowsSql(one))}) sums)`,
  );
  const { rows } = await store.query<[string, string, number, string]>({
    text: `WITH ${cutSql}, ${historySql('event')} ${parts.join(' UNION ALL ')}`,
    values: valuesOf(cuts),
    rowMode: 'array',
  });
  const byPlace = Map.groupBy(rows, ([place]) => place);
  return new Map(
    told.map(({ where }) => [where, toSums((byPlace.get(where) ?? []).map(([, ...sum]) => sum))] as const),
  );
};

/** The rows of some time buckets, as the events make them. */
export const readExpected = async (
  store: Queryable,
  told: Told,
  cuts: readonly Cut[],
  buckets: readonly string[],
): Promise<ModelRow[]> => {
  const { rows } = await store.query<{ line: ModelRow }>(
    `WITH ${cutSql}, ${historySql('event')} SELECT ${jsonSql(told.known)}
     FROM (${rowsSql(told)}) r WHERE ${told.known.bucket} = ANY ($5::text[])`,
    [...valuesOf(cuts), buckets],
  );
  return rows.map(({ line }) => line);
};

/** The rows of single orders, each made by the events that its cut leaves. */
export const readExpectedOrders = async (
  store: Queryable,
  { known, rows: rowsOfOrders }: { readonly known: KnownTable; readonly rows: string },
  cuts: readonly Cut[],
): Promise<ModelRow[]> => {
  const source = `(SELECT event.* FROM cut JOIN event ON event.order_id = cut.order_id AND NOT ${isCut('event.version')})`;
  const { rows } = await store.query<{ line: ModelRow }>(
    `WITH ${cutSql}, ${historySql(source)} SELECT ${jsonSql(known)} FROM (${rowsOfOrders}) r`,
    valuesOf(cuts),
  );
  return rows.map(({ line }) => line);
};
