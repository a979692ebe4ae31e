import type { Queryable } from '@orderline/postgres';

/**
 * Keeps two generations from passing the further of their checkpoints in each partition, for `ms` at most: whoever dies
 * meanwhile holds up nobody for longer.
 */
export const holdLevel = async (client: Queryable, pair: readonly [number, number], ms: number): Promise<void> => {
  await client.query(
    `WITH held AS (
       SELECT generation, partition, next_offset FROM projection_checkpoint WHERE generation = ANY ($1::integer[])
       ORDER BY generation, partition FOR UPDATE
     ), level AS (SELECT partition, max(next_offset) AS at FROM held GROUP BY partition)
     UPDATE projection_checkpoint c SET hold_at = level.at, hold_until = clock_timestamp() + $2 * interval '1 millisecond'
     FROM level WHERE c.generation = ANY ($1::integer[]) AND c.partition = level.partition`,
    [pair, ms],
  );
};

/** True when both stand at the same offsets in every partition, and neither has none. */
export const isLevel = async (client: Queryable, [one, other]: readonly [number, number]): Promise<boolean> => {
  const { rows } = await client.query<{ level: boolean | null }>(
    `SELECT bool_and(a.next_offset IS NOT DISTINCT FROM b.next_offset) AS level
     FROM (SELECT * FROM projection_checkpoint WHERE generation = $1) a
     FULL JOIN (SELECT * FROM projection_checkpoint WHERE generation = $2) b USING (partition)`,
    [one, other],
  );
  return rows[0]?.level === true;
};

/** True when `candidate` is at least as far as `serving` in every partition. */
export const isNotBehind = async (
  client: Queryable,
  [serving, candidate]: readonly [number, number],
): Promise<boolean> => {
  const { rows } = await client.query<{ behind: boolean }>(
    `SELECT EXISTS (
       SELECT FROM projection_checkpoint s LEFT JOIN projection_checkpoint c ON c.generation = $2 AND c.partition = s.partition
       WHERE s.generation = $1 AND s.next_offset > coalesce(c.next_offset, 0)) AS behind`,
    [serving, candidate],
  );
  return rows[0]?.behind === false;
};

export const releaseHold = async (client: Queryable, pair: readonly [number, number]): Promise<void> => {
  await client.query(
    'UPDATE projection_checkpoint SET hold_at = NULL, hold_until = NULL WHERE generation = ANY ($1::integer[])',
    [pair],
  );
};
