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

/**
 * A projection that folds events into rows by key, each event into one row. The functions must be pure and take time from
 * the event alone: they run again on a rebuild and must come to the same rows. Every event type of the contract has its
 * function, or the file does not compile; `unchanged` is the one for types that do not matter. A function that throws parks
 * the order. Rows shared by several orders see events of different orders in any order: where that matters, use
 * defineDeltas.
 */
export const defineProjection = <R extends object, K extends keyof R & string>(
  fold: OneRowFold<R, K>,
): FoldProjection => {
  const { key, on } = fold as unknown as ErasedFold;
  const { toKey } = keysOfTable(fold.table);
  return {
    ...naming(fold),
    keysOf: (event) => [toKey(key?.(event))],
    fold: stamped(fold, (row, event) =>
      row === undefined && event.type !== 'OrderCreated' ? undefined : on[event.type]?.(row, event, undefined),
    ),
  };
};

/** As defineProjection, for events that touch several rows: each function runs once for each of the event's keys. */
export const defineMultiRowProjection = <R extends object, K extends keyof R & string>(
  fold: ManyRowsFold<R, K>,
): FoldProjection => {
  const { keys, on } = fold as unknown as ErasedFold;
  const { toKey, fromKey } = keysOfTable(fold.table);
  return {
    ...naming(fold),
    keysOf: (event) => (keys?.(event) ?? []).map(toKey),
    fold: stamped(fold, (row, event, key) => on[event.type]?.(row, event, fromKey(key))),
  };
};

/** The function of an event type that leaves a row as it is. */
export const unchanged = <R>(row: R): R => row;

// The types of a definition have done their work once it compiles; what runs knows rows only as columns by name.
type ErasedFold = {
  readonly key?: (event: Recorded) => unknown;
  readonly keys?: (event: Recorded) => readonly unknown[];
  readonly stamp?: (row: Row, event: Recorded) => Row;
  readonly on: Readonly<Record<string, (row: Row | undefined, event: Recorded, key: unknown) => Row | undefined>>;
};

const naming = <R extends object, K extends string>({ name, version, table }: Naming<R, K>) =>
  ({ kind: 'fold', name, version, table: table as unknown as Table }) as const;

const stamped = (fold: object, run: FoldProjection['fold']): FoldProjection['fold'] => {
  const { stamp } = fold as ErasedFold;
  if (stamp === undefined) return run;
  return (row, event, key) => {
    const after = run(row, event, key);
    return after === undefined ? undefined : stamp(after, event);
  };
};

const keysOfTable = ({ key: fields }: { readonly key: readonly string[] }) => ({
  toKey: (value: unknown): RowKey =>
    fields.length === 1 ? [value as Json] : fields.map((field) => (value as Row)[field] as Json),
  fromKey: (key: RowKey): unknown =>
    fields.length === 1 ? key[0] : Object.fromEntries(fields.map((field, at) => [field, key[at]])),
});
