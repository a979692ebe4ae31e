import type { Queryable } from '@orderline/postgres';
import type { ModelRow } from './differing-row.ts';
import { jsonSql, sumSql, toSums, type KnownTable, type Sums } from './known-tables.ts';

/** A table as readers see it; `cut` are orders whose rows are left out where a row is of one order. */
export type Shown = { readonly known: KnownTable; readonly generation: number; readonly cut: readonly string[] };

const rowsSql = ({ known, generation }: Shown): string => {
  const all = `SELECT * FROM ${known.table} shown WHERE generation = ${generation}`;
  if (known.shared) return all;
  return `${all} AND NOT EXISTS (SELECT FROM unnest($1::uuid[]) AS c (order_id) WHERE c.order_id = shown.order_id)`;
};
const valuesOf = ({ known, cut }: Shown): unknown[] => (known.shared ? [] : [cut]);

/** Count and hash per time bucket. */
export const sumShown = async (model: Queryable, shown: Shown): Promise<Sums> => {
  const { rows } = await model.query<[string, number, string]>({
    text: sumSql(shown.known, rowsSql(shown)),
    values: valuesOf(shown),
    rowMode: 'array',
  });
  return toSums(rows);
};

/** The rows of some time buckets. */
export const readShown = async (model: Queryable, shown: Shown, buckets: readonly string[]): Promise<ModelRow[]> => {
  const values = [...valuesOf(shown), buckets];
  const { rows } = await model.query<{ line: ModelRow }>(
    `SELECT ${jsonSql(shown.known)} FROM (${rowsSql(shown)}) r
     WHERE ${shown.known.bucket} = ANY ($${values.length}::text[])`,
    values,
  );
  return rows.map(({ line }) => line);
};

/** The rows of the orders that are left out above. */
export const readCutRows = async (model: Queryable, { known, generation, cut }: Shown): Promise<ModelRow[]> => {
  const { rows } = await model.query<{ line: ModelRow }>(
    `SELECT ${jsonSql(known)} FROM ${known.table} r WHERE generation = $1 AND order_id = ANY ($2::uuid[])`,
    [generation, cut],
  );
  return rows.map(({ line }) => line);
};
