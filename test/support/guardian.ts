/**
 * Watches over a stack from outside. When the process that started it ends, however it does, its end of the pipe closes; what
 * it has left then, frozen processes too, is stopped. Started by `guard`.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopStack, viewStack } from '@orderline/local-stack';
import { unmountSmallDisk } from '../campaign/small-disk.ts';

const file = fileURLToPath(import.meta.url);

/** Starts the guardian of a stack, by its name. It ends by itself after this process. */
export const guard = (stackName: string): void => {
  const child = spawn(process.execPath, ['--import', 'tsx', file, stackName], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  child.unref();
  child.stdin.on('error', () => undefined);
};

const watchOver = (stackName: string): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.stdin.resume().once('end', () => {
    const view = viewStack(stackName, process.env);
    thaw(view.folder.pids);
    void stopStack(view).then(() => {
      unmountSmallDisk(view.folder.data('postgres'));
      process.exit(0);
    });
  });
};

const thaw = (pidFolder: string): void => {
  for (const name of readdirSync(pidFolder).filter((one) => one.endsWith('.json'))) {
    try {
      const { pid } = JSON.parse(readFileSync(join(pidFolder, name), 'utf8')) as { pid: number };
      process.kill(pid, 'SIGCONT');
    } catch {
      continue; // it has ended by itself
    }
  }
};

if (process.argv[1] === file && process.argv[2] !== undefined) watchOver(process.argv[2]);
