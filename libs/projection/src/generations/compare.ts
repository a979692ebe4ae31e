import type { PoolClient } from '@orderline/postgres';
import { columnList } from '../store/statement.ts';
import { columnName, isPrivateToOrder, type Table } from '../define/table.ts';
import type { Comparison, Difference } from '../store/generations.ts';

const NAMED = 100;
/** Of millions of rows, which takes minutes: more than any other statement of a projector may take. */
const patience = { query_timeout: 24 * 3_600_000 };

/**
 * Compares two generations row by row and column by column, within the client's snapshot. Every differing row is counted;
 * the first hundred are named, with the event that last moved their order.
 */
export const compareGenerations = async (
  client: PoolClient,
  table: Table,
  { serving, candidate }: { serving: number; candidate: number },
): Promise<Comparison> => {
  const fields = Object.keys(table.columns);
  const key = columnList(table.key);
  const side = (generation: number, alias: string): string =>
    `(SELECT ${columnList(fields)} FROM ${table.name} WHERE generation = ${generation}) ${alias}`;
  const compared = `${side(serving, 's')} FULL JOIN ${side(candidate, 'c')} USING (${key})`;
  const differs = `(${columnList(fields, 's.')}) IS DISTINCT FROM (${columnList(fields, 'c.')})`;

  const counted = await client.query<{ rows: string; differing: string }>({
    text: `SELECT count(*) AS rows, count(*) FILTER (WHERE ${differs}) AS differing FROM ${compared}`,
    ...patience,
  });
  const differing = Number(counted.rows[0]?.differing ?? 0);
  const differences = differing === 0 ? [] : await nameDifferences(client, table, { compared, differs, candidate });
  return { rows: Number(counted.rows[0]?.rows ?? 0), differing, differences };
};

const nameDifferences = async (
  client: PoolClient,
  table: Table,
  { compared, differs, candidate }: { compared: string; differs: string; candidate: number },
): Promise<Difference[]> => {
  const key = table.key.map((field) => `'${field}', ${columnName(field)}`).join(', ');
  const order = isPrivateToOrder(table)
    ? `LEFT JOIN projection_order o ON o.generation = ${candidate} AND o.order_id = d.order_id`
    : `LEFT JOIN LATERAL (SELECT NULL::integer AS version, NULL::uuid AS event_id) o ON true`;
  const { rows } = await client.query<Difference>({
    text: `SELECT d.key, d.serving, d.candidate, o.version AS "orderVersion", o.event_id AS "eventId"
     FROM (SELECT *, json_build_object(${key}) AS key, to_jsonb(s) AS serving, to_jsonb(c) AS candidate
           FROM ${compared} WHERE ${differs} ORDER BY ${columnList(table.key)} LIMIT ${NAMED}) d ${order}`,
    ...patience,
  });
  return rows;
};
