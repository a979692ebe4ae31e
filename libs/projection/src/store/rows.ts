import type { Queryable } from '@orderline/postgres';
import type { RowKey } from '../define/fold.ts';
import { columnName, isPrivateToOrder, type Column, type Json, type Row, type Table } from '../define/table.ts';
import { ProjectionError } from '../projection-error.ts';
import { arrayLiteral } from './array-literal.ts';
import { arrayParameters, arrayValues, columnList, columnOf, prepared, sqlType } from './statement.ts';

// By type oid: bool, int8, int4, jsonb. The driver's own would answer int8 as text; all else is text here too.
const parsers: Readonly<Record<number, (text: string) => Json>> = {
  16: (text) => text === 't',
  20: Number,
  23: Number,
  3802: (text) => JSON.parse(text) as Json,
};
const types = { getTypeParser: (oid: number) => parsers[oid] ?? ((text: string) => text) };

/**
 * The rows of these keys, in one statement. Rows that several orders share are locked in the order of `keys`, so that
 * instances that sort them alike wait for one another and never deadlock; others need no lock, since the checkpoint of
 * their partition is held.
 */
export const loadRows = async (
  client: Queryable,
  { table, generation }: { table: Table; generation: number },
  keys: readonly RowKey[],
): Promise<Row[]> => {
  const fields = Object.keys(table.columns);
  const columns = fields.map((field) => selected(field, table.columns[field])).join(', ');
  const from = `FROM ${table.name} t WHERE t.generation = ${generation} AND`;
  const [first] = table.key;
  const text =
    isPrivateToOrder(table) && table.key.length === 1 && first !== undefined
      ? `SELECT ${columns} ${from} t.${columnName(first)} = ANY ($1::${sqlType(columnOf(table, first))}[])`
      : `SELECT found.* FROM unnest(${arrayParameters(table, table.key)}) AS wanted (${columnList(table.key)})
    CROSS JOIN LATERAL (SELECT ${columns} ${from} ${sameKey(table)} OFFSET 0 ${isPrivateToOrder(table) ? '' : 'FOR UPDATE'}) found`;
  const values = table.key.map((field, at) => arrayLiteral(columnOf(table, field), keys, (rowKey) => rowKey[at]));
  const result = await client.query<Json[]>({ ...prepared(text, values), rowMode: 'array', types });
  return result.rows.map((cells) => Object.fromEntries(fields.map((field, at) => [field, cells[at]])));
};

// OFFSET 0 keeps the look-up by key: joined freely, a table without statistics is read whole for every batch.
const sameKey = (table: Table): string =>
  table.key.map((field) => `t.${columnName(field)} = wanted.${columnName(field)}`).join(' AND ');

const selected = (field: string, column: Column | undefined): string => {
  const name = `t.${columnName(field)}`;
  if (column?.startsWith('timestamptz')) return `(extract(epoch FROM ${name}) * 1000)::bigint AS ${columnName(field)}`;
  return column?.startsWith('date') ? `${name}::text` : name;
};

/** Writes whole rows, in one statement; those that are there already are overwritten. */
export const upsertRows = async (
  client: Queryable,
  { table, generation }: { table: Table; generation: number },
  rows: readonly Row[],
): Promise<void> => {
  const fields = Object.keys(table.columns);
  const set = fields
    .filter((field) => !table.key.includes(field))
    .map((field) => `${columnName(field)} = EXCLUDED.${columnName(field)}`)
    .join(', ');
  await client.query(
    prepared(
      `${insertFrom(table, generation)} ON CONFLICT (generation, ${columnList(table.key)}) ${set === '' ? 'DO NOTHING' : `DO UPDATE SET ${set}`}`,
      arrayValues(table, fields, rows),
    ),
  );
};

/** Writes rows that were not there when they were loaded. Throws row_appeared when another instance made one meanwhile. */
export const insertRows = async (
  client: Queryable,
  { table, generation }: { table: Table; generation: number },
  rows: readonly Row[],
): Promise<void> => {
  const { rowCount } = await client.query(
    prepared(
      `${insertFrom(table, generation)} ON CONFLICT (generation, ${columnList(table.key)}) DO NOTHING`,
      arrayValues(table, Object.keys(table.columns), rows),
    ),
  );
  if (rowCount !== rows.length) {
    throw new ProjectionError('row_appeared', `Another instance made a row of ${table.name} meanwhile: read again.`);
  }
};

/** Adds to rows, making those that are not there. `rows` are in key order, which is the order of the row locks. */
export const addToRows = async (
  client: Queryable,
  { table, generation }: { table: Table; generation: number },
  rows: readonly Row[],
): Promise<void> => {
  const set = Object.keys(table.columns)
    .filter((field) => !table.key.includes(field))
    .map((field) => `${columnName(field)} = t.${columnName(field)} + EXCLUDED.${columnName(field)}`)
    .join(', ');
  await client.query(
    prepared(
      `${insertFrom(table, generation)} ON CONFLICT (generation, ${columnList(table.key)}) DO UPDATE SET ${set}`,
      arrayValues(table, Object.keys(table.columns), rows),
    ),
  );
};

const insertFrom = (table: Table, generation: number): string => {
  const fields = Object.keys(table.columns);
  return `INSERT INTO ${table.name} AS t (generation, ${columnList(fields)})
    SELECT ${generation}, * FROM unnest(${arrayParameters(table, fields)})`;
};

export const deleteRows = async (
  client: Queryable,
  { table, generation }: { table: Table; generation: number },
  rows: readonly Row[],
): Promise<void> => {
  const gone = table.key.map((field) => `gone.${columnName(field)} = t.${columnName(field)}`).join(' AND ');
  await client.query(
    prepared(
      `DELETE FROM ${table.name} t USING unnest(${arrayParameters(table, table.key)}) AS gone (${columnList(table.key)})
       WHERE t.generation = ${generation} AND ${gone}`,
      arrayValues(table, table.key, rows),
    ),
  );
};
