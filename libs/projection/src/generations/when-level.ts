import { withTransaction, type Pool } from '@orderline/postgres';
import { ProjectionError } from '../projection-error.ts';
import { holdLevel, isLevel, isNotBehind, releaseHold } from '../store/holds.ts';

const HOLD_MS = 10_000;
const LOOK_MS = 10;

/**
 * Holds two generations at equal offsets while `work` runs; live events wait meanwhile, so it must be short. Throws
 * not_level, with the hold taken off, when the one behind does not arrive in time.
 */
export const whenLevel = async <T>(pool: Pool, pair: readonly [number, number], work: () => Promise<T>): Promise<T> => {
  await withTransaction(pool, (client) => holdLevel(client, pair, HOLD_MS));
  try {
    await until(() => isLevel(pool, pair), `Generations ${pair[0]} and ${pair[1]} did not come to equal offsets`);
    return await work();
  } finally {
    await releaseHold(pool, pair);
  }
};

/** Runs `work` once `candidate` is nowhere behind `serving`, which may have no consumer any more. */
export const whenNotBehind = async <T>(
  pool: Pool,
  [serving, candidate]: readonly [number, number],
  work: () => Promise<T>,
): Promise<T> => {
  await until(() => isNotBehind(pool, [serving, candidate]), `Generation ${candidate} did not come up with ${serving}`);
  return work();
};

const until = async (isReached: () => Promise<boolean>, fault: string): Promise<void> => {
  const deadline = performance.now() + HOLD_MS / 2;
  while (!(await isReached())) {
    if (performance.now() > deadline) {
      throw new ProjectionError(
        'not_level',
        `${fault} within ${HOLD_MS / 2_000} s: is one of them consumed by no instance?`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
};
