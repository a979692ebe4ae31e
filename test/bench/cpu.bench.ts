import type { Effort } from './effort.ts';
import type { ComparisonResult } from './measure-arms.ts';
import { measureCpu } from './stack/measure-cpu.ts';
import { underLoad } from './stack/stack-under-load.ts';
import { withStack } from './stack/with-stack.ts';

/** CPU per event and process on the whole stack. Half a minute to warm up, then rounds of 20 s. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({}, (stack) => {
    const { rounds, rate } = effort;
    return measureCpu(underLoad(stack), { rounds, rate, seconds: 10 * effort.seconds }, report);
  });
