import type { Queryable } from '@orderline/postgres';
import type { ModelRow } from './differing-row.ts';
import { historySql } from './history-sql.ts';
import { jsonSql, sumSql, toSums, type KnownTable, type Sums } from './known-tables.ts';

/** A table of one projection; `where` is `<app>/<projection>`. */
export type Told = { readonly known: KnownTable; readonly where: string };

/** Orders that some projection has not brought to the store's head, and up to which version it has. */
export type Cuts = {
  readonly places: readonly string[];
  readonly orderIds: readonly string[];
  readonly versions: readonly number[];
};

const cutSql = `cut AS MATERIALIZED (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::integer[]) AS c (place, order_id, upto))`;
const valuesOf = ({ places, orderIds, versions }: Cuts): unknown[] => [places, orderIds, versions];

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Shared rows up to the projection's own cuts; rows of one order without those that any projection cuts. */
const rowsSql = ({ known, where }: Told): string => {
  if (!known.shared) return `SELECT r.* FROM (${known.rows}) r WHERE r.order_id NOT IN (SELECT order_id FROM cut)`;
  const key = known.key.join(', ');
  const sums = known.sums.map((sum) => `sum(${sum})::bigint AS ${sum}`).join(', ');
  return `SELECT ${key}, ${sums} FROM (${known.effects}) effect
    WHERE NOT EXISTS (SELECT FROM cut
      WHERE cut.place = ${literal(where)} AND cut.order_id = effect.order_id AND effect.version > cut.upto)
    GROUP BY ${key}`;
};

/** What each of these should show, by its place: count and hash per time bucket, in one pass over all events. */
export const sumExpected = async (store: Queryable, told: readonly Told[], cuts: Cuts): Promise<Map<string, Sums>> => {
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
  cuts: Cuts,
  buckets: readonly string[],
): Promise<ModelRow[]> => {
  const { rows } = await store.query<{ line: ModelRow }>(
    `WITH ${cutSql}, ${historySql('event')} SELECT ${jsonSql(told.known)}
     FROM (${rowsSql(told)}) r WHERE ${told.known.bucket} = ANY ($4::text[])`,
    [...valuesOf(cuts), buckets],
  );
  return rows.map(({ line }) => line);
};

/** The rows of single orders, each made by its events up to a version. */
export const readExpectedOrders = async (
  store: Queryable,
  known: KnownTable,
  rowsOfOrders: string,
  upto: ReadonlyMap<string, number>,
): Promise<ModelRow[]> => {
  const source = `(SELECT event.* FROM unnest($1::uuid[], $2::integer[]) AS c (order_id, upto)
    JOIN event ON event.order_id = c.order_id AND event.version <= c.upto)`;
  const { rows } = await store.query<{ line: ModelRow }>(
    `WITH ${historySql(source)} SELECT ${jsonSql(known)} FROM (${rowsOfOrders}) r`,
    [[...upto.keys()], [...upto.values()]],
  );
  return rows.map(({ line }) => line);
};
