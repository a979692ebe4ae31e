import type { EventOf, EventType, Recorded } from './recorded-event.ts';
import type { Json, Row, Table } from './table.ts';

/** A row's key: the value itself where the table has one key column, else an object of the key columns. */
export type KeyOf<R, K extends keyof R> = IsUnion<K> extends true ? Pick<R, K> : R[K];
type IsUnion<T, U = T> = T extends U ? ([U] extends [T] ? false : true) : never;

type Naming<R extends object, K extends string> = {
  /** In URLs, metrics and tables: kebab-case, never changed. */
  readonly name: string;
  /** One more whenever the functions below would fold the same history into other rows; such a change needs a rebuild. */
  readonly version: number;
  readonly table: Table<R, K>;
  /** Runs after each function below, for what every event does to a row. */
  readonly stamp?: (row: R, event: Recorded) => R;
};

/**
 * Each event belongs to one row. Answering undefined means: no row (an existing one is deleted). Only OrderCreated may
 * find none: no event is ever missing, so for the others a row that is not there was left out on purpose, and stays so.
 */
export type OneRowFold<R extends object, K extends keyof R & string> = Naming<R, K> & {
  readonly key: (event: Recorded) => KeyOf<R, K>;
  readonly on: {
    readonly [T in EventType]: (row: T extends 'OrderCreated' ? R | undefined : R, event: EventOf<T>) => R | undefined;
  };
};

/** An event touches any number of rows: its function runs once for each of the keys, with undefined where there is no row. */
export type ManyRowsFold<R extends object, K extends keyof R & string> = Naming<R, K> & {
  readonly keys: (event: Recorded) => readonly KeyOf<R, K>[];
  readonly on: {
    readonly [T in EventType]: (row: R | undefined, event: EventOf<T>, key: KeyOf<R, K>) => R | undefined;
  };
};

/** What the kit runs: a projection of rows by key. */
export type FoldProjection = {
  readonly kind: 'fold';
  readonly name: string;
  readonly version: number;
  readonly table: Table;
  readonly keysOf: (event: Recorded) => readonly RowKey[];
  readonly fold: (row: Row | undefined, event: Recorded, key: RowKey) => Row | undefined;
};
export type RowKey = readonly Json[];

type AnyFold = Naming<Row, string> & {
  readonly key?: (event: Recorded) => Json | Row;
  readonly keys?: (event: Recorded) => readonly (Json | Row)[];
  readonly on: Readonly<Record<string, (row: Row | undefined, event: Recorded, key: unknown) => Row | undefined>>;
};

/**
 * A projection that folds events into rows by key. The functions must be pure and take time from the event alone: they
 * run again on a rebuild and must come to the same rows. Every event type of the contract has its function, or the file
 * does not compile; `unchanged` is the one for types that do not matter. A function that throws parks the order.
 * Rows shared by several orders see events of different orders in any order: where that matters, use defineDeltas.
 */
export const defineProjection: {
  <R extends object, K extends keyof R & string>(fold: OneRowFold<R, K>): FoldProjection;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- of a union, no parameter of a function would have a type
  <R extends object, K extends keyof R & string>(fold: ManyRowsFold<R, K>): FoldProjection;
} = (definition: unknown): FoldProjection => {
  const { name, version, table, stamp, key, keys, on } = definition as AnyFold;
  const toKey = (value: unknown): RowKey =>
    table.key.length === 1 ? [value as Json] : table.key.map((field) => (value as Row)[field] as Json);
  const fromKey = (rowKey: RowKey): unknown =>
    table.key.length === 1 ? rowKey[0] : Object.fromEntries(table.key.map((field, at) => [field, rowKey[at]]));
  return {
    kind: 'fold',
    name,
    version,
    table,
    keysOf: (event) => (keys === undefined ? [toKey(key?.(event))] : keys(event).map(toKey)),
    fold: (row, event, rowKey) => {
      if (row === undefined && keys === undefined && event.type !== 'OrderCreated') return undefined;
      const after = on[event.type]?.(row, event, keys === undefined ? undefined : fromKey(rowKey));
      return after === undefined || stamp === undefined ? after : stamp(after, event);
    },
  };
};

/** The function of an event type that leaves a row as it is. */
export const unchanged = <R>(row: R): R => row;
