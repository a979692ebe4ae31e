import type { Generation } from './projection-routes.ts';

const windowMs = 5_000;

/**
 * A generation with the rate of the last five seconds as it is seen from here, and the time left at that rate. The
 * projector's own figure is of ten seconds, and nothing while a generation is new.
 */
export const measureRate = (): ((now: Generation, atMs: number) => Generation) => {
  let seen: { readonly atMs: number; readonly done: number }[] = [];
  return (now, atMs) => {
    const done = now.partitions.reduce((sum, { offset }) => sum + offset, 0);
    seen = [...seen.filter((sample) => sample.atMs >= atMs - windowMs), { atMs, done }];
    const first = seen[0];
    if (now.rebuild === null || first === undefined || first.atMs === atMs) return now;
    const ratePerSecond = Math.max(0, ((done - first.done) * 1_000) / (atMs - first.atMs));
    const secondsLeft = now.lagEvents / Math.max(ratePerSecond, 1);
    return { ...now, ratePerSecond, rebuild: { ...now.rebuild, secondsLeft } };
  };
};
