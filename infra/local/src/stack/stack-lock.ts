import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Ports } from '../ports/port-plan.ts';
import { isAlive, processIdentity } from '../processes/process-identity.ts';
import type { StackMode } from './mode.ts';

/** Who runs a stack, and what others need to know to look at it or to stop it. */
export type Supervisor = {
  readonly pid: number;
  readonly identity: string;
  readonly ports: Ports;
  readonly mode: StackMode;
  readonly apps: readonly string[];
  readonly startedAt: string;
  /** Everything is ready. */
  readonly ready: boolean;
};

export class StackRunning extends Error {
  readonly supervisor: Supervisor;
  constructor(supervisor: Supervisor) {
    super(`the stack is already running, as process ${supervisor.pid} since ${supervisor.startedAt}`);
    this.supervisor = supervisor;
  }
}

/** Makes this process the supervisor of a stack; throws StackRunning when another one lives. A dead one's note is replaced. */
export const takeLock = (file: string, about: Pick<Supervisor, 'ports' | 'mode' | 'apps'>): void => {
  const { pid } = process;
  const supervisor = {
    pid,
    identity: processIdentity(pid) ?? '',
    startedAt: new Date().toISOString(),
    ready: false,
    ...about,
  };
  mkdirSync(dirname(file), { recursive: true });
  const living = readSupervisor(file);
  if (living !== undefined) throw new StackRunning(living);
  rmSync(file, { force: true });
  try {
    writeFileSync(file, JSON.stringify(supervisor), { flag: 'wx' });
  } catch (cause) {
    const faster = readSupervisor(file);
    throw faster === undefined ? cause : new StackRunning(faster);
  }
};

/** Notes that everything is ready. */
export const markReady = (file: string): void => {
  const supervisor = JSON.parse(readFileSync(file, 'utf8')) as Supervisor;
  writeFileSync(`${file}.new`, JSON.stringify({ ...supervisor, ready: true }));
  renameSync(`${file}.new`, file);
};

export const releaseLock = (file: string): void => rmSync(file, { force: true });

/** The living supervisor of a stack, if it has one. */
export const readSupervisor = (file: string): Supervisor | undefined => {
  try {
    const supervisor = JSON.parse(readFileSync(file, 'utf8')) as Supervisor;
    return isAlive(supervisor) ? supervisor : undefined;
  } catch {
    return undefined;
  }
};
