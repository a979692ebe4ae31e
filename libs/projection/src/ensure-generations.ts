import { withTransaction, type Pool, type Queryable } from '@orderline/postgres';
import type { Projection } from './define/projection.ts';
import { columnName } from './define/table.ts';
import { ProjectionError } from './projection-error.ts';
import {
  beginGeneration,
  giveOwnFeed,
  listGenerations,
  lockGenerations,
  type Generation,
} from './store/generations.ts';

/**
 * Makes sure that each projection has a generation of the version at hand. The first one ever serves from its start; one
 * of a new version is filled beside the serving one. Instances that start at once do this once.
 */
export const ensureGenerations = (pool: Pool, projections: readonly Projection[]): Promise<void> =>
  withTransaction(pool, async (client) => {
    await lockGenerations(client);
    const known = await listGenerations(client);
    for (const projection of projections) {
      await mustMatchTable(client, projection);
      const own = known.filter((generation) => generation.projection === projection.name);
      // An older build that starts beside newer ones brings nothing back: it fills no version that was left behind.
      if (own.some(({ version }) => version >= projection.version)) continue;
      await begin(client, projection, own);
    }
  });

const begin = async (client: Queryable, projection: Projection, own: readonly Generation[]): Promise<void> => {
  if (own.length === 0) {
    await beginGeneration(client, projection, { state: 'serving', feed: await firstFeed(client) });
    return;
  }
  const other = own.find(({ state }) => state !== 'serving');
  if (other !== undefined) {
    throw new ProjectionError(
      'rebuild_under_way',
      `${projection.name} is to be filled in version ${projection.version}, but generation ${other.generation} ` +
        `(version ${other.version}, ${other.state}) is in the way: drop it first.`,
    );
  }
  await beginGeneration(client, projection, { state: 'filling', feed: `${projection.name}-` });
  // Builds of the new version leave the old generation alone. In a feed that they share they would hold its partitions.
  for (const { generation } of own) await giveOwnFeed(client, generation);
};

/** A projection added to an app whose consumer is under way gets one of its own, or the others would wait for it. */
const firstFeed = async (client: Queryable): Promise<string> => {
  const { rows } = await client.query(
    `SELECT FROM projection_checkpoint JOIN projection_generation USING (generation) WHERE feed = 'main' AND next_offset > 0 LIMIT 1`,
  );
  return rows.length === 0 ? 'main' : 'added-';
};

const mustMatchTable = async (client: Queryable, { name, table }: Projection): Promise<void> => {
  const { rows } = await client.query<{ column: string; type: string; nullable: boolean }>(
    `SELECT attname AS column, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [table.name],
  );
  const actual = new Map(rows.map(({ column, type, nullable }) => [column, nullable ? `${type}?` : type]));
  const wrong = Object.entries({ generation: 'integer', ...table.columns })
    .map(([field, column]): [string, string] => [
      columnName(field),
      column.replace('timestamptz', 'timestamp with time zone'),
    ])
    .filter(([column, type]) => actual.get(column) !== type)
    .map(([column, type]) => `${column} is ${actual.get(column) ?? 'missing'} where ${type} is declared`);
  if (wrong.length === 0) return;
  throw new ProjectionError(
    'invalid_definition',
    `Projection ${name} and its table ${table.name} differ: ${wrong.join('; ')}. Add a migration or change defineTable (? means nullable).`,
  );
};
