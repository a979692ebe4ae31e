import { spawn } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { processIdentity } from './process-identity.ts';
import type { KnownProcess } from './stop-process.ts';

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whom to run as; only root may say. */
  readonly as?: { readonly uid: number; readonly gid: number };
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };
export type Launched = KnownProcess & { readonly exited: Promise<Exit>; readonly hasExited: () => boolean };

/**
 * Starts a process in a session of its own, so that the terminal's Ctrl-C reaches its supervisor only, with all it prints
 * appended to `logFile`. Throws when it cannot be started at all.
 */
export const launch = async (command: Command, logFile: string): Promise<Launched> => {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  chmodSync(logFile, 0o644);
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: { ...process.env, ...command.env },
    stdio: ['ignore', log, log],
    detached: true,
    ...command.as,
  });
  closeSync(log);
  let gone = false;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      gone = true;
      resolve({ code, signal });
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) => reject(new Error(`${command.file} could not be started`, { cause })));
  });
  const pid = child.pid ?? 0;
  return { pid, identity: processIdentity(pid) ?? 'gone', exited, hasExited: () => gone };
};
