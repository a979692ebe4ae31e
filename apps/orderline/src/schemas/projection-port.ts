import type { ContractEvent } from '@orderline/contracts';

/** An event as projections get it: `recordedAt` in epoch milliseconds. */
export type RecordedEvent = ContractEvent & { readonly recordedAt: number };

export type Row = Readonly<Record<string, unknown>>;

type Fold = {
  readonly kind: 'fold';
  readonly keysOf: (event: RecordedEvent) => readonly unknown[];
  readonly fold: (row: Row | undefined, event: RecordedEvent, key: unknown) => Row | undefined;
};

type Deltas = {
  readonly kind: 'deltas';
  readonly table: { readonly key: readonly string[] };
  readonly remember: ((before: unknown, event: RecordedEvent) => unknown) | undefined;
  readonly deltasOf: (event: RecordedEvent, before: unknown) => readonly Row[];
};

/** A projection as its app defines it, seen from outside: what turns events into rows, and nothing that runs it. */
export type ProjectionPort = { readonly name: string } & (Fold | Deltas);

/** `app` is the folder's name below apps/. */
export type AppProjection = { readonly app: string; readonly projection: ProjectionPort };
