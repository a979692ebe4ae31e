import { setTimeout as pause } from 'node:timers/promises';
import type { Effort } from './effort.ts';
import { reportFigures, type ComparisonResult } from './measure-arms.ts';
import { lagOf, memoryOf, underLoad, withSum, type PerProcess, type StackUnderLoad } from './stack/stack-under-load.ts';
import { steadyOrders } from './stack/steady-orders.ts';
import { withStack } from './stack/with-stack.ts';

type Sample = { readonly atHour: number; readonly megabytes: PerProcess };
const samplesWanted = 180;

/**
 * What each process holds while commands come at a steady rate, for `--minutes` (half an hour), and whether it grows: the
 * slope of a line through what it held after the first quarter, in which caches fill.
 */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  withStack({}, async (running) => {
    const stack = underLoad(running);
    const load = steadyOrders(stack.commandUrl, effort.rate);
    const samples = await sample(stack, effort.minutes);
    const lag = await lagOf(stack);
    const { events, seconds } = await load.stop();
    const each = (of: (name: string) => number[]): Record<string, number[]> =>
      Object.fromEntries(Object.keys(samples[0]?.megabytes ?? {}).map((name) => [name, of(name)]));
    const held = (name: string): number[] => samples.map(({ megabytes }) => megabytes[name] ?? Number.NaN);
    report(reportFigures(`memory in ${effort.minutes} minutes`, 'MB', each(held)));
    const settled = samples.slice(Math.floor(samples.length / 4));
    report(
      reportFigures(
        'and its growth',
        'MB an hour',
        each((name) => [slopeOf(settled, name)]),
      ),
    );
    report(reportFigures('events accepted', 'events/s', { 'over HTTP': [events / seconds] }));
    report(reportFigures('lag of all projections at the end', 'events', { lag: [lag] }));
  });

const sample = async (stack: StackUnderLoad, minutes: number): Promise<Sample[]> => {
  const samples: Sample[] = [];
  const began = performance.now();
  const everyMs = Math.max(1_000, (minutes * 60_000) / samplesWanted);
  while (performance.now() - began < minutes * 60_000) {
    await pause(everyMs);
    samples.push({ atHour: (performance.now() - began) / 3_600_000, megabytes: withSum(memoryOf(stack)) });
  }
  return samples;
};

/** Least squares. */
const slopeOf = (samples: readonly Sample[], name: string): number => {
  const points = samples.map(({ atHour, megabytes }) => [atHour, megabytes[name] ?? Number.NaN] as const);
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [middle, level] = [mean(0), mean(1)];
  const rise = points.reduce((sum, [hour, megabytes]) => sum + (hour - middle) * (megabytes - level), 0);
  return rise / points.reduce((sum, [hour]) => sum + (hour - middle) ** 2, 0);
};
