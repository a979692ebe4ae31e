import type { ProjectionPort, RecordedEvent, Row } from './projection-port.ts';

type Fold = Extract<ProjectionPort, { kind: 'fold' }>;
type Deltas = Extract<ProjectionPort, { kind: 'deltas' }>;

const folded = ({ keysOf, fold }: Fold, events: readonly RecordedEvent[]): Row[] => {
  const rows = new Map<string, Row>();
  for (const event of events) {
    for (const key of keysOf(event)) {
      const at = JSON.stringify(key);
      const row = fold(rows.get(at), event, key);
      if (row === undefined) rows.delete(at);
      else rows.set(at, row);
    }
  }
  return [...rows.values()];
};

const addTo = (sum: Row, delta: Row, key: readonly string[]): Row => {
  const added = Object.entries(delta).filter(([field]) => !key.includes(field));
  return {
    ...delta,
    ...sum,
    ...Object.fromEntries(added.map(([field, by]) => [field, Number(sum[field] ?? 0) + Number(by)])),
  };
};

const summed = ({ table, remember, deltasOf }: Deltas, events: readonly RecordedEvent[]): Row[] => {
  const sums = new Map<string, Row>();
  let memory: unknown;
  for (const event of events) {
    for (const delta of deltasOf(event, memory)) {
      const at = JSON.stringify(table.key.map((field) => delta[field]));
      sums.set(at, addTo(sums.get(at) ?? {}, delta, table.key));
    }
    memory = remember?.(memory, event);
  }
  return [...sums.values()];
};

/** The rows of a projection after the life of one order, in an order of their own that is always the same. */
export const foldLife = (projection: ProjectionPort, events: readonly RecordedEvent[]): Row[] => {
  const rows = projection.kind === 'fold' ? folded(projection, events) : summed(projection, events);
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};
