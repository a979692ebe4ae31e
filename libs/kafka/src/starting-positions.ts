import type { LogRange } from './topic-facts.ts';

/** What the handler answered for the partitions assigned; one it left out starts at the first record kept. */
export const startingPositions = (
  partitions: readonly number[],
  answered: ReadonlyMap<number, bigint>,
  ranges: ReadonlyMap<number, LogRange>,
): ReadonlyMap<number, bigint> =>
  new Map(partitions.map((partition) => [partition, answered.get(partition) ?? ranges.get(partition)?.earliest ?? 0n]));
