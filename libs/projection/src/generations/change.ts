import { withTransaction, type Pool, type PoolClient } from '@orderline/postgres';
import type { Projection } from '../define/projection.ts';
import { ProjectionError } from '../projection-error.ts';
import {
  beginGeneration,
  dropGeneration,
  keepVerification,
  listGenerations,
  lockGenerations,
  setState,
  type Generation,
  type GenerationState,
} from '../store/generations.ts';
import { whenLevel, whenNotBehind } from './when-level.ts';

/** Begins a new generation beside the serving one. A rebuild that is under way already is left to go on. */
export const rebuild = (pool: Pool, projection: Projection): Promise<void> =>
  changing(pool, async (client) => {
    const { other } = await generationsOf(client, projection.name);
    if (other === undefined) {
      await beginGeneration(client, projection, { state: 'filling', feed: `${projection.name}-` });
    } else if (other.state === 'standby' || other.version !== projection.version) {
      throw new ProjectionError(
        'rebuild_under_way',
        `Generation ${other.generation} of ${projection.name} (version ${other.version}, ${other.state}) is in the way: drop it first.`,
      );
    }
  });

/** Lets the filled generation serve, and the serving one stand by, in one transaction and at equal offsets. */
export const swap = (pool: Pool, { name }: Projection, options: { acceptDifferences: boolean }): Promise<void> =>
  exchange(pool, name, (other, serving) => {
    mustBe(other, name, 'caught_up', 'rebuild it and wait until it has caught up.');
    const differing = other?.comparison?.differing ?? 0;
    if (differing > 0 && other?.version === serving?.version && !options.acceptDifferences) {
      throw new ProjectionError(
        'rows_differ',
        `${differing} rows of ${name} differ (GET /projections names them): look at them, then drop the new generation or swap with acceptDifferences.`,
      );
    }
  });

/** Lets the generation that stands by serve again. It has kept up all the time, so nothing is lost or late. */
export const rollback = (pool: Pool, { name }: Projection): Promise<void> =>
  exchange(pool, name, (other) => mustBe(other, name, 'standby', 'it has none since the last drop.'));

/** Drops the generation that does not serve, whatever its state, with its tables. */
export const drop = (pool: Pool, { name }: Projection): Promise<void> =>
  changing(pool, async (client) => {
    const { other } = await generationsOf(client, name);
    if (other === undefined) {
      throw new ProjectionError(
        'wrong_state',
        `${name} has no generation but the serving one: there is nothing to drop.`,
      );
    }
    await keepVerification(client, other.generation);
    await dropGeneration(client, other.generation);
  });

const exchange = async (
  pool: Pool,
  name: string,
  check: (other: Generation | undefined, serving: Generation | undefined) => void,
): Promise<void> => {
  const before = await generationsOf(pool, name);
  check(before.other, before.serving);
  const pair = [before.serving?.generation ?? 0, before.other?.generation ?? 0] as const;
  // Of another version, the serving one may have lost its last consumer: only backwards in time must nobody be taken.
  const when = before.serving?.version === before.other?.version ? whenLevel : whenNotBehind;
  await when(pool, pair, () =>
    changing(pool, async (client) => {
      const { serving, other } = await generationsOf(client, name);
      check(other, serving);
      if (serving?.generation !== pair[0] || other?.generation !== pair[1]) {
        throw new ProjectionError('wrong_state', `The generations of ${name} have just been changed by somebody else.`);
      }
      await setState(client, serving.generation, 'standby');
      await setState(client, other.generation, 'serving');
    }),
  );
};

/** A change that was answered is kept, whatever the setting of the pool. */
const changing = (pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> =>
  withTransaction(pool, async (client) => {
    await client.query('SET LOCAL synchronous_commit = on');
    await lockGenerations(client);
    await work(client);
  });

const generationsOf = async (
  client: Pool | PoolClient,
  name: string,
): Promise<{ serving: Generation | undefined; other: Generation | undefined }> => {
  const own = (await listGenerations(client)).filter(({ projection }) => projection === name);
  return {
    serving: own.find(({ state }) => state === 'serving'),
    other: own.find(({ state }) => state !== 'serving'),
  };
};

const mustBe = (other: Generation | undefined, name: string, state: GenerationState, what: string): void => {
  if (other?.state === state) return;
  throw new ProjectionError('wrong_state', `${name} has no generation that is ${state}: ${what}`);
};
