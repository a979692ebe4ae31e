import { deepStrictEqual, fail } from 'node:assert/strict';

type OrderEvent = { readonly orderId: string; readonly version: number; readonly occurredAt: number };

type Fold<Event, Row, Key> = {
  readonly kind: 'fold';
  readonly keysOf: (event: Event) => readonly Key[];
  readonly fold: (row: Row | undefined, event: Event, key: Key) => Row | undefined;
};
type Sums<Event, Row, Memory> = {
  readonly kind: 'deltas';
  readonly table: { readonly key: readonly string[]; readonly columns: Readonly<Record<string, unknown>> };
  readonly remember: ((before: Memory | undefined, event: Event) => Memory | undefined) | undefined;
  readonly deltasOf: (event: Event, before: Memory | undefined) => readonly Row[];
};

/** A projection of either kind, as the kit's defineProjection and defineDeltas make it. */
export type SpecifiedProjection<Event, Row, Memory, Key> = Fold<Event, Row, Key> | Sums<Event, Row, Memory>;

export type Projected = {
  /** Every event comes twice in a row, and then all of them once more. */
  readonly twice: () => Projected;
  /** Exactly these rows, in any order. */
  readonly become: (rows: readonly object[]) => void;
};

/**
 * Sentences about a projection: `projected(created, confirmed).become([row])`, `.twice().become([row])`. What was applied
 * before counts once, as in the kit; a version left out fails, since the kit would park the order. Events without a
 * recordedAt were recorded when they occurred.
 */
export const projectionSpecification =
  <Event extends OrderEvent & { readonly recordedAt: number }, Row extends object, Memory, Key>(
    projection: SpecifiedProjection<Event, Row, Memory, Key>,
  ) =>
  (...events: readonly OrderEvent[]): Projected => {
    const recorded = events.map((event) => ({ recordedAt: event.occurredAt, ...event }) as Event);
    return sentence(projection, recorded);
  };

const sentence = <Event extends OrderEvent, Row extends object, Memory, Key>(
  projection: SpecifiedProjection<Event, Row, Memory, Key>,
  events: readonly Event[],
): Projected => ({
  twice: () => sentence(projection, [...events.flatMap((event) => [event, event]), ...events]),
  become: (rows) => {
    const once = eachOnce(events);
    const actual = projection.kind === 'fold' ? foldAll(projection, once) : sumAll(projection, once);
    deepStrictEqual(inOrder(actual), inOrder(rows));
  },
});

const eachOnce = <Event extends OrderEvent>(events: readonly Event[]): Event[] => {
  const last = new Map<string, number>();
  return events.filter(({ orderId, version }) => {
    const applied = last.get(orderId) ?? 0;
    if (version > applied + 1)
      fail(`version ${version} of order ${orderId} comes after ${applied}: it would be parked`);
    last.set(orderId, Math.max(applied, version));
    return version > applied;
  });
};

const foldAll = <Event, Row extends object, Key>(
  { keysOf, fold }: Fold<Event, Row, Key>,
  events: readonly Event[],
): Row[] => {
  const rows = new Map<string, Row>();
  for (const event of events) {
    for (const key of keysOf(event)) {
      const text = JSON.stringify(key);
      const row = fold(rows.get(text), event, key);
      if (row === undefined) rows.delete(text);
      else rows.set(text, row);
    }
  }
  return [...rows.values()];
};

const sumAll = <Event extends OrderEvent, Row extends object, Memory>(
  { table, remember, deltasOf }: Sums<Event, Row, Memory>,
  events: readonly Event[],
): object[] => {
  const memories = new Map<string, Memory | undefined>();
  const sums = new Map<string, Record<string, unknown>>();
  for (const event of events) {
    const before = memories.get(event.orderId);
    for (const delta of deltasOf(event, before)) addTo(sums, table, delta as Record<string, unknown>);
    memories.set(event.orderId, remember?.(before, event));
  }
  return [...sums.values()];
};

const addTo = (
  sums: Map<string, Record<string, unknown>>,
  { key, columns }: Sums<never, never, never>['table'],
  delta: Readonly<Record<string, unknown>>,
): void => {
  const text = JSON.stringify(key.map((field) => delta[field]));
  const sum = sums.get(text) ?? {};
  for (const field of Object.keys(columns)) {
    sum[field] = key.includes(field) ? delta[field] : Number(sum[field] ?? 0) + Number(delta[field] ?? 0);
  }
  sums.set(text, sum);
};

const inOrder = (rows: readonly object[]): object[] =>
  rows.map((row) => ({ ...row })).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
