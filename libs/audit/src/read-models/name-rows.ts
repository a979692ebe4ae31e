import type { Queryable } from '@orderline/postgres';
import type { KindFinding } from '../audit-report.ts';
import type { DifferingRow, ModelRow } from './differing-row.ts';
import type { Told } from './expected-rows.ts';
import { historySql } from './history-sql.ts';
import type { KnownTable } from './known-tables.ts';

type Fits = 'doubled' | 'lost' | 'other';
/** The newest event that touches a row and fits its difference, and how many there are that do. */
type Behind = { readonly orderId: string; readonly version: number; readonly alike: number };

/**
 * Names the event behind each row that differs: where it differs by exactly what one event adds, that event was counted twice
 * or not at all. Of several such events of a shared row it is the newest, since nothing tells them apart.
 */
export const nameRows = async (
  store: Queryable,
  { known, where }: Told,
  rows: readonly DifferingRow[],
): Promise<KindFinding[]> => {
  if (rows.length === 0) return [];
  const found = await eventsBehind(store, known, rows);
  return rows.map((row, nth) => nameRow({ known, where }, row, (fits) => found.get(`${nth} ${fits}`)));
};

type BehindIt = (fits: Fits) => Behind | undefined;

const noEvent: Behind = { orderId: 'unknown', version: 0, alike: 1 };

const nameRow = ({ known, where }: Told, row: DifferingRow, behind: BehindIt): KindFinding => {
  const kind = kindOf(row, behind);
  const fitting = kind === 'divergent' ? undefined : behind(kind);
  const { orderId, version, alike } = fitting ?? { ...(behind('other') ?? noEvent), alike: 1 };
  const ownOrder = (row.expected ?? row.shown)?.['order_id'];
  const what = inWords(known, row) + (alike > 1 ? `; one of ${alike} events alike` : '');
  return { kind, orderId: typeof ownOrder === 'string' ? ownOrder : orderId, version, where, what };
};

const kindOf = ({ expected, shown }: DifferingRow, behind: BehindIt): 'lost' | 'doubled' | 'divergent' => {
  if (shown === undefined) return 'lost';
  if (expected === undefined) return 'divergent';
  if (behind('doubled') !== undefined) return 'doubled';
  return behind('lost') === undefined ? 'divergent' : 'lost';
};

/** How much more is shown than should be, by column; null where the rows differ in what is no sum, or one is missing. */
const differenceOf = ({ columns, sums }: KnownTable, { expected, shown }: DifferingRow): number[] | null => {
  if (expected === undefined || shown === undefined) return null;
  if (columns.some((name) => !sums.includes(name) && expected[name] !== shown[name])) return null;
  return sums.map((name) => Number(shown[name]) - Number(expected[name]));
};

const eventsBehind = async (
  store: Queryable,
  known: KnownTable,
  rows: readonly DifferingRow[],
): Promise<Map<string, Behind>> => {
  const wanted = rows.map((row, nth) => {
    const line: ModelRow = row.expected ?? row.shown ?? {};
    return {
      nth,
      key: known.key.map((name) => line[name]),
      difference: differenceOf(known, row),
      order: line['order_id'],
    };
  });
  const ofOrders = known.shared ? [] : [wanted.map(({ order }) => order)];
  const { rows: found } = await store.query<Behind & { nth: number; fits: Fits }>(
    `WITH ${historySql(known.shared ? 'event' : '(SELECT * FROM event WHERE order_id = ANY ($2::uuid[]))')},
     wanted AS (SELECT nth, key, difference FROM
       jsonb_to_recordset($1::jsonb) AS w (nth integer, key jsonb, difference jsonb)),
     touching AS (SELECT nth, order_id, version, ${fitsSql(known)} AS fits
       FROM (${known.effects ?? 'SELECT order_id, version FROM e'}) effect JOIN wanted ON ${sameKeySql(known)})
     SELECT DISTINCT ON (nth, fits) nth, fits, order_id AS "orderId", version,
       (count(*) OVER (PARTITION BY nth, fits))::integer AS alike
     FROM touching ORDER BY nth, fits, order_id DESC, version DESC`,
    [JSON.stringify(wanted), ...ofOrders],
  );
  return new Map(found.map(({ nth, fits, ...behind }) => [`${nth} ${fits}`, behind]));
};

const fitsSql = ({ sums }: KnownTable): string => {
  if (sums.length === 0) return `'other'`;
  const adds = `jsonb_build_array(${sums.map((name) => `effect.${name}`).join(', ')})`;
  const takes = `jsonb_build_array(${sums.map((name) => `-effect.${name}`).join(', ')})`;
  return `CASE difference WHEN ${adds} THEN 'doubled' WHEN ${takes} THEN 'lost' ELSE 'other' END`;
};

/** A row of one order may have more in its key than the order. */
const sameKeySql = ({ key, shared }: KnownTable): string =>
  shared
    ? `jsonb_build_array(${key.map((name) => `effect.${name}`).join(', ')}) = wanted.key`
    : `to_jsonb(effect.order_id) = wanted.key->0`;

const inWords = (known: KnownTable, { expected, shown }: DifferingRow): string => {
  const line = expected ?? shown ?? {};
  const key = known.key.map((name) => `${name} ${String(line[name])}`).join(', ');
  if (shown === undefined) return `no row of ${known.table} for ${key}`;
  if (expected === undefined) return `a row of ${known.table} for ${key} that no event makes`;
  const columns = known.columns.filter((name) => expected[name] !== shown[name]);
  const told = columns.map((name) => `${name} is ${String(shown[name])}, the events make ${String(expected[name])}`);
  return `row of ${known.table} for ${key}: ${told.join('; ')}`;
};
