import type { Effort } from './effort.ts';
import { reportFigures, type ComparisonResult } from './measure-arms.ts';
import { measureCpu } from './stack/measure-cpu.ts';
import { spaceOf, spacePerEvent } from './stack/space-of.ts';
import { underLoad } from './stack/stack-under-load.ts';
import { withStack } from './stack/with-stack.ts';

/** CPU per event and process on the whole stack, half a minute to warm up, then rounds of 20 s; and what an event leaves on disk. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({}, async (stack) => {
    const { rounds, rate } = effort;
    const before = await spaceOf(stack);
    await measureCpu(underLoad(stack), { rounds, rate, seconds: 10 * effort.seconds }, report);
    report(reportFigures('on disk for each event', 'bytes', spacePerEvent(before, await spaceOf(stack))));
  });
