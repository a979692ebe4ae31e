import { setTimeout as pause } from 'node:timers/promises';
import type { RemoteLoad } from '@orderline/load';
import { reportFigures, reportRounds, type ComparisonResult, type Figures } from '../measure-arms.ts';
import { cpuSecondsOfMachine } from '../process-usage.ts';
import { ofRounds, quietRounds } from '../quiet-rounds.ts';
import {
  allOfIt,
  cpuWhile,
  lagOf,
  memoryOf,
  withSum,
  type PerProcess,
  type StackUnderLoad,
} from './stack-under-load.ts';
import { steadyOrders } from './steady-orders.ts';

export type CpuEffort = { rounds: number; rate: number; seconds: number };
type Round = {
  readonly perEvent: Figures;
  readonly eventsPerSecond: number;
  readonly lag: number;
  readonly megabytes: PerProcess;
};

/**
 * Commands over HTTP at a steady rate, and what CPU each process takes for an event, the generator's own beside the sum. The
 * last row is what the machine was not idle for, kernel included. Lag that grows from round to round means that the rate is
 * above what the machine can do, and the figures are those of a machine that falls behind.
 */
export const measureCpu = async (
  stack: StackUnderLoad,
  effort: CpuEffort,
  report: (result: ComparisonResult) => void,
): Promise<void> => {
  const { rate, seconds } = effort;
  const load = steadyOrders(stack.commandUrl, rate);
  try {
    await pause(1_500 * seconds);
    await load.soFarAndAnew();
    const rounds = await quietRounds(effort.rounds, () => measureRound(stack, load, seconds));
    const { latencyMs } = await load.counts();
    report(
      reportRounds(
        { title: `CPU per event at ${rate} events/s`, unit: 'µs', against: allOfIt },
        ofRounds(rounds, ({ perEvent }) => perEvent),
      ),
    );
    const list = (of: (round: Round) => number): number[] => rounds.kept.map(of);
    report(reportFigures('events accepted', 'events/s', { 'over HTTP': list((one) => one.eventsPerSecond) }));
    report(reportFigures('lag of all projections at the end', 'events', { lag: list(({ lag }) => lag) }));
    report(reportFigures('answers', 'ms', { p50: [latencyMs.p50], p99: [latencyMs.p99] }));
    report(
      reportRounds(
        { title: 'memory at the end', unit: 'MB', against: allOfIt },
        ofRounds(rounds, ({ megabytes }) => withSum(megabytes)),
      ),
    );
  } finally {
    await load.stop();
  }
};

const measureRound = async (stack: StackUnderLoad, load: RemoteLoad, seconds: number): Promise<Round> => {
  const before = await load.counts();
  const machine = cpuSecondsOfMachine();
  const measured = await cpuWhile(stack, () => pause(seconds * 1_000));
  const busy = cpuSecondsOfMachine() - machine;
  const after = await load.counts();
  const events = after.events - before.events;
  const perEvent = (cpuSeconds: number): number => (cpuSeconds / events) * 1_000_000;
  const parts = Object.entries(measured.cpu).map(([name, cpu]): [string, number] => [name, perEvent(cpu)]);
  return {
    perEvent: {
      ...withSum(Object.fromEntries(parts)),
      'load generator': perEvent((after.cpuMs - before.cpuMs) / 1_000),
      machine: perEvent(busy),
    },
    eventsPerSecond: events / measured.seconds,
    lag: await lagOf(stack),
    megabytes: memoryOf(stack),
  };
};
