import { cpuSecondsOfMachine, cpuSecondsOfTree } from './process-usage.ts';

/** A round that was done again because others were at work on the machine: how many cores they took, and what it had measured. */
export type NoisyRound<Figures> = { readonly coresOfOthers: number; readonly figures: Figures };

export type Rounds<Figures> = {
  readonly kept: readonly Figures[];
  /** In each round that was kept. */
  readonly coresOfOthers: readonly number[];
  readonly repeated: readonly NoisyRound<Figures>[];
};

/** More than a kernel that writes to the disk for this run takes. */
export const mostForOthers = 0.25;

/**
 * Does `wanted` rounds one after the other. One in which other processes took more than a quarter of a core is done again and
 * kept beside, at most for every second round: noise is measured where it comes from, not told from the figures.
 */
export const quietRounds = async <Figures>(
  wanted: number,
  round: (nth: number) => Promise<Figures>,
): Promise<Rounds<Figures>> => {
  const kept: Figures[] = [];
  const coresOfOthers: number[] = [];
  const repeated: NoisyRound<Figures>[] = [];
  while (kept.length < wanted) {
    const others = watchOthers();
    const figures = await round(kept.length);
    const cores = others();
    if (cores > mostForOthers && repeated.length < Math.floor(wanted / 2)) {
      repeated.push({ coresOfOthers: cores, figures });
    } else {
      kept.push(figures);
      coresOfOthers.push(cores);
    }
  }
  return { kept, coresOfOthers, repeated };
};

/** From now on; the answer is in cores, on average, of all processes but this one and what it started. */
const watchOthers = (): (() => number) => {
  const began = performance.now();
  const idle = cpuSecondsOfMachine() - cpuSecondsOfTree(process.pid);
  return () => {
    const taken = cpuSecondsOfMachine() - cpuSecondsOfTree(process.pid) - idle;
    return Math.max(0, taken / ((performance.now() - began) / 1_000));
  };
};

/** The same rounds with a part of their figures. */
export const ofRounds = <Figures, Part>(rounds: Rounds<Figures>, part: (figures: Figures) => Part): Rounds<Part> => ({
  kept: rounds.kept.map(part),
  coresOfOthers: rounds.coresOfOthers,
  repeated: rounds.repeated.map(({ coresOfOthers, figures }) => ({ coresOfOthers, figures: part(figures) })),
});
