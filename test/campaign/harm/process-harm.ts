import { setTimeout as pause } from 'node:timers/promises';
import { pidOf, type Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';

/** Signals one process of the stack and leaves the rest to its supervisor. */
export const kill = (arena: Arena, { target }: Fault): void => arena.stack.kill(target, 'SIGKILL');

export const terminate = (arena: Arena, { target }: Fault): void => arena.stack.kill(target, 'SIGTERM');

/** The process keeps its connections and answers nothing. It goes on with the very process that was stopped, if that lives. */
export const freeze = async (arena: Arena, { target, lengthMs }: Fault): Promise<void> => {
  const pid = pidOf(arena, target);
  process.kill(pid, 'SIGSTOP');
  await pause(lengthMs);
  if (arena.stack.parts().some((part) => part.pid === pid)) process.kill(pid, 'SIGCONT');
};

/** PostgreSQL's own names: a fast shutdown ends sessions and writes a checkpoint, an immediate one recovers from the WAL. */
export const restartPostgres = ({ stack }: Arena, { target }: Fault): void =>
  stack.kill('postgres', target === 'immediate' ? 'SIGQUIT' : 'SIGINT');
