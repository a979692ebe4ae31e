import { setTimeout as pause } from 'node:timers/promises';
import type { Effort } from './effort.ts';
import { reportFigures, reportRounds, type ComparisonResult } from './measure-arms.ts';
import { quietRounds } from './quiet-rounds.ts';
import { allOfIt, cpuWhile, memoryOf, underLoad, withSum } from './stack/stack-under-load.ts';
import { withStack } from './stack/with-stack.ts';

/** What each process takes while nothing happens: half a minute after the start, for a minute in all. */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({}, async (running) => {
    const stack = underLoad(running);
    await pause(15_000 * effort.seconds);
    const rounds = await quietRounds(effort.rounds, async () => {
      const { cpu, seconds } = await cpuWhile(stack, () => pause(6_000 * effort.seconds));
      return withSum(Object.fromEntries(Object.entries(cpu).map(([name, taken]) => [name, (100 * taken) / seconds])));
    });
    report(reportRounds({ title: 'CPU at rest', unit: '% of a core', against: allOfIt }, rounds));
    const megabytes = Object.entries(withSum(memoryOf(stack))).map(([name, held]) => [name, [held]]);
    report(reportFigures('memory at rest', 'MB', Object.fromEntries(megabytes) as Record<string, number[]>));
  });
