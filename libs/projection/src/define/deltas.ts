import type { EventOf, EventType, Recorded } from './recorded-event.ts';
import type { Json, Row, Table } from './table.ts';

/** The key columns and what to add to some of the others. */
export type Delta<R extends object, K extends keyof R> = Pick<R, K> & Partial<Omit<R, K>>;

/** `M` is what the projection remembers of each order: JSON, kept beside the order's version, undefined before its first event. */
export type Deltas<R extends object, K extends keyof R & string, M extends Json | undefined> = {
  readonly name: string;
  readonly version: number;
  /** Every column outside the key is a number, starts at 0 and is added to. */
  readonly table: Table<R, K>;
  /** What to remember of the order once this event has happened; `on` is given what was remembered before it. */
  readonly remember?: (before: M | undefined, event: Recorded) => M;
  readonly on: {
    readonly [T in EventType]: (
      event: EventOf<T>,
      before: T extends 'OrderCreated' ? M | undefined : M,
    ) => readonly Delta<R, K>[];
  };
};

/** What the kit runs: a projection that adds to rows shared by many orders. */
export type DeltaProjection = {
  readonly kind: 'deltas';
  readonly name: string;
  readonly version: number;
  readonly table: Table;
  readonly remember: ((before: Json | undefined, event: Recorded) => Json | undefined) | undefined;
  readonly deltasOf: (event: Recorded, before: Json | undefined) => readonly Row[];
};

type AnyDeltas = Omit<DeltaProjection, 'kind' | 'deltasOf'> & {
  readonly on: Readonly<Record<string, (event: Recorded, before: Json | undefined) => readonly Row[]>>;
};

/**
 * A projection of sums (`x = x + …`) in rows shared by many orders, right with any number of instances: additions commute,
 * each event counts once, rows are written in key order. Functions are pure, as those of defineProjection, and see the
 * event and what is remembered of its own order, never the sums.
 */
export const defineDeltas = <R extends object, K extends keyof R & string, M extends Json | undefined = undefined>(
  definition: Deltas<R, K, M>,
): DeltaProjection => {
  const { name, version, table, remember, on } = definition as unknown as AnyDeltas;
  return {
    kind: 'deltas',
    name,
    version,
    table,
    remember,
    deltasOf: (event, before) => on[event.type]?.(event, before) ?? [],
  };
};

/** The function of an event type that adds nothing. */
export const nothing = (): readonly never[] => [];
