import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';

/** `part=seconds`: the clock of a part jumps by so much, and back again. */
export const stepClock = async ({ clock }: Arena, { target, lengthMs }: Fault): Promise<void> => {
  if (clock === undefined) throw new Error('libfaketime is not installed on this machine');
  const [part = '', seconds = '0'] = target.split('=');
  try {
    clock.step(part, Number(seconds));
    await pause(lengthMs);
  } finally {
    clock.step(part, 0);
  }
};
