import { composeDelete, composeOf, composeStop } from '../docker/compose.ts';
import { stopLeftOvers } from '../processes/pid-file.ts';
import { stopProcess } from '../processes/stop-process.ts';
import { deleteStackData } from './stack-folder.ts';
import { releaseLock } from './stack-lock.ts';
import type { StackView } from './stack-facts.ts';

/**
 * Stops a stack from outside: its supervisor ends it in order; what a killed supervisor had left is stopped one by one.
 * Answers with what was found. No process of the stack is left.
 */
export const stopStack = async ({ supervisor, folder, mode, ports }: StackView): Promise<string> => {
  const outcome = supervisor && (await stopProcess(supervisor, { signal: 'SIGTERM', withinMs: 120_000 }));
  const left = await stopLeftOvers(folder.pids);
  if (mode === 'docker' && outcome !== 'stopped') await composeStop(composeOf(folder.name, ports, folder));
  releaseLock(folder.lock);
  if (outcome === 'stopped') return 'stopped';
  if (left.length > 0) return `stopped what a killed run had left: ${left.join(', ')}`;
  return outcome === undefined ? 'nothing runs' : 'stopped';
};

/** Stops a stack and deletes its databases, topics and logs; fetched artefacts stay. */
export const resetStack = async (view: StackView): Promise<void> => {
  await stopStack(view);
  if (view.mode === 'docker') await composeDelete(composeOf(view.folder.name, view.ports, view.folder));
  deleteStackData(view.folder);
};
