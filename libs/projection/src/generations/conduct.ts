import { withTransaction, type Pool } from '@orderline/postgres';
import type { Projection } from '../define/projection.ts';
import type { Sample } from '../monitor.ts';
import type { ProjectorLog } from '../projector-log.ts';
import { listGenerations, setState, type Generation } from '../store/generations.ts';
import { verifyGeneration } from './verify.ts';

const NEARLY_THERE = 1_000n;

type Conducted = {
  readonly pool: Pool;
  readonly projections: readonly Projection[];
  readonly log: ProjectorLog;
  readonly look: () => Promise<Sample>;
};

/**
 * Moves fillings on: one that has come to within a thousand events of the log's end is compared with the serving
 * generation and becomes caught_up. One of another version has nothing to be compared with. Any instance may do it; one
 * does at a time, and what a killed one left undone the next begins anew.
 */
export const conductRebuilds = async ({ pool, projections, log, look }: Conducted): Promise<void> => {
  const generations = await listGenerations(pool);
  for (const candidate of generations.filter(({ state }) => state === 'filling')) {
    const projection = projections.find(
      ({ name, version }) => name === candidate.projection && version === candidate.version,
    );
    const serving = generations.find(
      ({ projection: name, state }) => name === candidate.projection && state === 'serving',
    );
    if (projection === undefined || serving === undefined || !hasNearlyCaughtUp(await look(), candidate)) continue;
    await alone(pool, candidate, async () => {
      if (serving.version !== candidate.version) return setState(pool, candidate.generation, 'caught_up');
      const { rows, differing } = await verifyGeneration(pool, projection, { serving, candidate });
      log(differing === 0 ? 'info' : 'warn', 'compared with the serving generation', {
        projection: projection.name,
        generation: candidate.generation,
        rows,
        differing,
      });
    });
  }
};

const hasNearlyCaughtUp = ({ progress, ranges }: Sample, { generation }: Generation): boolean => {
  const own = progress.filter((row) => row.generation === generation);
  const lag = own.reduce(
    (sum, { partition, nextOffset }) => sum + (ranges.get(partition)?.latest ?? 0n) - nextOffset,
    0n,
  );
  return own.length > 0 && own.length === ranges.size && lag <= NEARLY_THERE;
};

/** Does nothing while another instance is at it. */
const alone = (pool: Pool, { generation }: Generation, work: () => Promise<void>): Promise<void> =>
  withTransaction(pool, async (client) => {
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    const { rows } = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('projection generation ' || $1, 0)) AS mine`,
      [generation],
    );
    if (rows[0]?.mine === true) await work();
  });
