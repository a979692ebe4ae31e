import type { Queryable } from '@orderline/postgres';
import type { Projection } from '../define/projection.ts';
import { prepared } from './statement.ts';

export type GenerationState = 'serving' | 'filling' | 'caught_up' | 'standby';

export type Generation = {
  readonly generation: number;
  readonly projection: string;
  readonly version: number;
  readonly state: GenerationState;
  readonly feed: string;
  readonly comparison: Comparison | null;
  readonly begunAt: Date;
  readonly caughtUpAt: Date | null;
};

/** How a generation's rows compare with the serving one's, both at the same offsets. */
export type Comparison = {
  readonly rows: number;
  readonly differing: number;
  /** The first of them: key, both sides, and the event that last moved the order, where the key has one. */
  readonly differences: readonly Difference[];
};

export type Difference = {
  readonly key: Readonly<Record<string, unknown>>;
  readonly serving: unknown;
  readonly candidate: unknown;
  readonly orderVersion: number | null;
  readonly eventId: string | null;
};

export const listGenerations = async (client: Queryable): Promise<Generation[]> => {
  const { rows } = await client.query<Generation>(
    prepared(
      `SELECT generation, projection, version, state, feed, comparison, begun_at AS "begunAt", caught_up_at AS "caughtUpAt"
       FROM projection_generation ORDER BY generation`,
      [],
    ),
  );
  return rows;
};

/**
 * Begins a generation with tables of its own, empty. The transaction holds the names of all projections, so that two
 * instances that start at once begin it once.
 */
export const beginGeneration = async (
  client: Queryable,
  { name, version, table }: Projection,
  { state, feed }: Pick<Generation, 'state' | 'feed'>,
): Promise<number> => {
  const { rows } = await client.query<{ generation: number }>(
    'SELECT begin_generation($1, $2, $3, $4, $5) AS generation',
    [name, version, table.name, state, feed],
  );
  return rows[0]?.generation ?? 0;
};

/** One change of generations at a time in a database. */
export const lockGenerations = async (client: Queryable): Promise<void> => {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('projection generations', 0))`);
};

export const setState = async (client: Queryable, generation: number, state: GenerationState): Promise<void> => {
  await client.query('UPDATE projection_generation SET state = $2 WHERE generation = $1', [generation, state]);
};

/** From here on the generation has a consumer group of its own, and goes on where it is. */
export const giveOwnFeed = async (client: Queryable, generation: number): Promise<void> => {
  await client.query(`UPDATE projection_generation SET feed = projection || '-' || generation WHERE generation = $1`, [
    generation,
  ]);
};

/** Where the generation was found equal to the serving one, that one keeps when: a dry run proves it as a swap does. */
export const keepVerification = async (client: Queryable, generation: number): Promise<void> => {
  await client.query(
    `UPDATE projection_generation serving SET comparison = verified.comparison, caught_up_at = verified.caught_up_at
     FROM projection_generation verified
     WHERE verified.generation = $1 AND verified.comparison->'differing' = '0' AND serving.state = 'serving'
       AND (serving.projection, serving.version) = (verified.projection, verified.version)
       AND serving.caught_up_at IS DISTINCT FROM greatest(serving.caught_up_at, verified.caught_up_at)`,
    [generation],
  );
};

export const dropGeneration = async (client: Queryable, generation: number): Promise<void> => {
  await client.query('SELECT drop_generation($1)', [generation]);
};
