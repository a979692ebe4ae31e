import type { Queryable } from '@orderline/postgres';
import type { FoldProjection, RowKey } from '../define/fold.ts';
import type { Recorded } from '../define/recorded-event.ts';
import { isPrivateToOrder, type Row } from '../define/table.ts';
import { ProjectionError } from '../projection-error.ts';
import { deleteRows, insertRows, loadRows, upsertRows } from '../store/rows.ts';
import type { Effects } from './effects.ts';

type HeldRow = { row: Row | undefined; readonly stored: Row | undefined };

/** Loads every row that these events may touch, folds in memory, and writes each row that changed once. */
export const openFold = async (
  client: Queryable,
  { projection, generation }: { projection: FoldProjection; generation: number },
  events: readonly Recorded[],
): Promise<Effects> => {
  const { table } = projection;
  const target = { table, generation };
  const held = new Map<string, HeldRow>();
  const keys = distinctKeys(projection, events);
  if (keys.size > 0) {
    for (const row of await loadRows(client, target, inKeyOrder(keys))) {
      held.set(keyText(table.key.map((field) => row[field] ?? null)), { row, stored: row });
    }
  }
  return {
    apply: (event) => {
      const after = projection.keysOf(event).map((key): [string, Row | undefined] => {
        const text = keyText(key);
        const row = projection.fold(held.get(text)?.row, event, key);
        if (row !== undefined) mustKeepKey(projection, row, key);
        return [text, row];
      });
      for (const [text, row] of after) {
        const entry = held.get(text);
        if (entry === undefined) held.set(text, { row, stored: undefined });
        else entry.row = row;
      }
    },
    save: async () => {
      const { made, changed, gone } = sortOut(held);
      const isPrivate = isPrivateToOrder(table);
      const upserts = isPrivate ? [...changed, ...made] : changed;
      if (upserts.length > 0) await upsertRows(client, target, upserts);
      if (!isPrivate && made.length > 0) await insertRows(client, target, made);
      if (gone.length > 0) await deleteRows(client, target, gone);
    },
  };
};

const keyText = (key: RowKey): string =>
  typeof key[0] === 'string' && key.length === 1 ? key[0] : JSON.stringify(key);

const inKeyOrder = (keys: ReadonlyMap<string, RowKey>): RowKey[] =>
  [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key);

const distinctKeys = (projection: FoldProjection, events: readonly Recorded[]): Map<string, RowKey> => {
  const keys = new Map<string, RowKey>();
  for (const event of events) {
    for (const key of keysOrNone(projection, event)) keys.set(keyText(key), key);
  }
  return keys;
};

/** A key function that throws is dealt with when its event is applied. */
const keysOrNone = (projection: FoldProjection, event: Recorded): readonly RowKey[] => {
  try {
    return projection.keysOf(event);
  } catch {
    return [];
  }
};

/** In key order, as their rows lie in the index: cheaper to write than in any order. */
const sortOut = (held: ReadonlyMap<string, HeldRow>): { made: Row[]; changed: Row[]; gone: Row[] } => {
  const sorted = { made: [] as Row[], changed: [] as Row[], gone: [] as Row[] };
  const moved = [...held].filter(([, { row, stored }]) => row !== stored);
  for (const [, { row, stored }] of moved.sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (row === undefined) sorted.gone.push(stored as Row);
    else (stored === undefined ? sorted.made : sorted.changed).push(row);
  }
  return sorted;
};

const mustKeepKey = ({ name, table }: FoldProjection, row: Row, key: RowKey): void => {
  const moved = table.key.find((field, at) => row[field] !== key[at]);
  if (moved !== undefined) {
    throw new ProjectionError('poison', `${name} answered a row of another key: ${moved} must stay what the key says.`);
  }
};
