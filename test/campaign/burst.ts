import { setTimeout as pause } from 'node:timers/promises';
import type { LoadReport, RemoteLoad } from '@orderline/load';
import type { Stack } from '@orderline/local-stack';
import { eventually } from '@orderline/testing';
import { recovery } from './recovery.ts';

export type Burst = {
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly report: Pick<LoadReport, 'commands' | 'first' | 'settled'>;
  /** From the end of the burst until everything asked had its answer and was in all four read models. */
  readonly drainedMs: number;
};

/** Ten times the rate for a few seconds: every command is answered, some after a 429 or 503, and all of them drain. */
export const burstOf = async (stack: Stack, load: RemoteLoad, ratePerSecond: number): Promise<Burst> => {
  const seconds = 5;
  await load.soFarAndAnew();
  load.setRate(ratePerSecond * 10);
  await pause(seconds * 1_000);
  load.setRate(ratePerSecond);
  const ended = performance.now();
  // What is under way at the sustained rate is a second's commands at most.
  const drained = async (): Promise<void> => {
    if ((await load.soFar()).underWay > ratePerSecond) throw new Error('commands of a burst were never answered');
  };
  await eventually(drained, { withinMs: 120_000, everyMs: 250 });
  const { isRecovered, amiss } = await recovery(stack);
  if (!isRecovered) throw new Error(`the stack has not drained a burst: ${amiss ?? ''}`);
  const { commands, first, settled } = await load.soFarAndAnew();
  return {
    ratePerSecond: ratePerSecond * 10,
    seconds,
    report: { commands, first, settled },
    drainedMs: Math.round(performance.now() - ended),
  };
};
