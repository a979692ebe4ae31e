import type { Queryable } from '@orderline/postgres';
import type { FindingKind, KindFinding } from '../audit-report.ts';
import type { DifferingRow, ModelRow } from './differing-row.ts';
import { historySql } from './history-sql.ts';
import type { KnownTable } from './known-tables.ts';

type Effect = { readonly orderId: string; readonly version: number; readonly line: ModelRow };

/**
 * Names the event behind a row that differs: where it differs by exactly what one event adds, that event was counted twice or
 * not at all. Of several such events of a shared row it is the newest, since nothing tells them apart.
 */
export const nameRow = async (
  store: Queryable,
  { known, where }: { known: KnownTable; where: string },
  row: DifferingRow,
): Promise<KindFinding> => {
  const line = row.expected ?? row.shown ?? {};
  const effects = await effectsOn(store, known, line);
  const { kind, alike } = judgeRow(known, row, effects);
  const event = alike[0] ?? effects[0];
  const orderId = typeof line['order_id'] === 'string' ? line['order_id'] : (event?.orderId ?? 'unknown');
  const others = alike.length > 1 ? `; one of ${alike.length} events alike` : '';
  return { kind, orderId, version: event?.version ?? 0, where, what: inWords(known, row) + others };
};

const judgeRow = (
  known: KnownTable,
  { expected, shown }: DifferingRow,
  effects: readonly Effect[],
): { kind: FindingKind; alike: readonly Effect[] } => {
  if (shown === undefined) return { kind: 'lost', alike: [] };
  const differ = known.columns.filter((name) => expected?.[name] !== shown[name]);
  if (expected === undefined || differ.some((name) => !known.sums.includes(name)))
    return { kind: 'divergent', alike: [] };
  const doubled = effects.filter(({ line }) => addsUp(known, [expected, line], shown));
  if (doubled.length > 0) return { kind: 'doubled', alike: doubled };
  const lost = effects.filter(({ line }) => addsUp(known, [shown, line], expected));
  return { kind: lost.length > 0 ? 'lost' : 'divergent', alike: lost };
};

const addsUp = ({ sums }: KnownTable, [row, effect]: [ModelRow, ModelRow], result: ModelRow): boolean =>
  sums.every((name) => Number(row[name]) + Number(effect[name]) === Number(result[name]));

const inWords = (known: KnownTable, { expected, shown }: DifferingRow): string => {
  const line = expected ?? shown ?? {};
  const key = known.key.map((name) => `${name} ${String(line[name])}`).join(', ');
  if (shown === undefined) return `no row of ${known.table} for ${key}`;
  if (expected === undefined) return `a row of ${known.table} for ${key} that no event makes`;
  const columns = known.columns.filter((name) => expected[name] !== shown[name]);
  const told = columns.map((name) => `${name} is ${String(shown[name])}, the events make ${String(expected[name])}`);
  return `row of ${known.table} for ${key}: ${told.join('; ')}`;
};

/** What each event adds to this row, newest first; of a table that adds nothing up, the events of its order. */
const effectsOn = async (store: Queryable, known: KnownTable, line: ModelRow): Promise<Effect[]> => {
  const source = known.shared ? 'event' : '(SELECT * FROM event WHERE order_id = $1::uuid)';
  const sameKey = known.key.map((name, at) => `to_jsonb(effect)->>'${name}' = $${at + 1}`).join(' AND ');
  const { rows } = await store.query<{ orderId: string; version: number; line: ModelRow }>(
    `WITH ${historySql(source)} SELECT order_id AS "orderId", version, to_jsonb(effect) AS line
     FROM (${known.effects ?? 'SELECT order_id, version FROM e'}) effect
     ${known.shared ? `WHERE ${sameKey}` : ''} ORDER BY order_id DESC, version DESC`,
    known.shared ? known.key.map((name) => line[name]) : [line['order_id']],
  );
  return rows;
};
