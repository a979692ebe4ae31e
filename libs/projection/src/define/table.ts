import { ProjectionError } from '../projection-error.ts';

/** SQL type of a column; a trailing `?` makes it nullable. */
export type Column = ColumnType | `${ColumnType}?`;
export type ColumnType = 'uuid' | 'text' | 'integer' | 'bigint' | 'boolean' | 'timestamptz' | 'date' | 'jsonb';

/** Instants are epoch milliseconds, whole numbers are safe integers, a date is `YYYY-MM-DD`. */
type ValueOf<C extends Column> = C extends `${infer T extends ColumnType}?`
  ? NotNull<T> | null
  : C extends ColumnType
    ? NotNull<C>
    : never;
type NotNull<T extends ColumnType> = T extends 'integer' | 'bigint' | 'timestamptz'
  ? number
  : T extends 'boolean'
    ? boolean
    : T extends 'jsonb'
      ? Json
      : string;

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Row = Readonly<Record<string, Json | undefined>>;

export type Table<R extends object = Row, K extends string = string> = {
  readonly name: string;
  readonly key: readonly K[];
  readonly columns: { readonly [F in keyof R]: Column };
};

/** The row type of a table: `type OrderSummaryRow = RowOf<typeof orderSummaryTable>`. */
export type RowOf<T> = T extends Table<infer R> ? R : never;

const IDENTIFIER = /^[a-z][a-z0-9_]{0,40}$/;

/**
 * Describes a read model's table as its migration made it, fields in camelCase for columns in snake_case. The migration's
 * table has one column more, `generation integer NOT NULL`, is partitioned by LIST (generation) and its primary key is
 * generation followed by `key`; partitions are made by the kit. Throws a ProjectionError for a table that cannot work.
 */
export const defineTable = <const C extends Readonly<Record<string, Column>>, const K extends keyof C & string>(table: {
  readonly name: string;
  readonly key: readonly K[];
  readonly columns: C;
}): Table<{ readonly [F in keyof C]: ValueOf<C[F]> }, K> => {
  const wrong = faultOf(table);
  if (wrong !== undefined) throw new ProjectionError('invalid_definition', `Table ${table.name}: ${wrong}`);
  return table;
};

const faultOf = (table: Table): string | undefined => {
  if (!IDENTIFIER.test(table.name)) return 'name it in snake_case, at most 41 characters.';
  if (table.key.length === 0) return 'name at least one key column.';
  if (table.key.some((field) => table.columns[field]?.endsWith('?') !== false)) {
    return 'every key column must be among the columns and not nullable.';
  }
  if ('generation' in table.columns) return 'leave out generation: the kit fills that column.';
  return undefined;
};

export const columnName = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Rows of such a table belong to one order each, hence to one partition, hence to one instance at a time. */
export const isPrivateToOrder = (table: Table): boolean => table.key.includes('orderId');
