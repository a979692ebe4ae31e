import { isAlive } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

export type KnownProcess = { readonly pid: number; readonly identity: string };
export type StopPlan = {
  /** Sent first; PostgreSQL wants SIGINT for a fast shutdown, everything else SIGTERM. */
  readonly signal: NodeJS.Signals;
  /** Then SIGKILL. */
  readonly withinMs: number;
};

/**
 * Stops exactly this process, by its number and only while that number is still its own. Answers how it went; returns once
 * the process is gone.
 */
export const stopProcess = async (target: KnownProcess, plan: StopPlan): Promise<'gone' | 'stopped' | 'killed'> => {
  if (!send(target, plan.signal)) return 'gone';
  if (await waitUntil(() => !isAlive(target), { withinMs: plan.withinMs, everyMs: 20 })) return 'stopped';
  send(target, 'SIGKILL');
  await waitUntil(() => !isAlive(target), { withinMs: 10_000, everyMs: 20 });
  return 'killed';
};

/** Sends a signal to this process and no other; false when it is gone. */
export const send = (target: KnownProcess, signal: NodeJS.Signals): boolean => {
  if (!isAlive(target)) return false;
  try {
    process.kill(target.pid, signal);
    return true;
  } catch {
    return false;
  }
};
