import { median } from '../measure-arms.ts';

/** Milliseconds of a call, the median, when so many callers each wait for their last call before the next. */
export const medianLatency = async (act: () => Promise<unknown>, callers: number, seconds: number): Promise<number> => {
  const took: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const caller = async (): Promise<void> => {
    do {
      const start = performance.now();
      await act();
      took.push(performance.now() - start);
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return median(took);
};
