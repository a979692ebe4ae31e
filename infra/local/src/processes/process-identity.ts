import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number: the boot and the tick it was started at (elsewhere than on
 * Linux, its start second). Undefined when there is no such process, or only its unreaped remains.
 */
export const processIdentity = (pid: number): string | undefined =>
  process.platform === 'linux' ? linuxIdentity(pid) : startSecond(pid);

/** True while the very process that `identity` was taken of is alive. */
export const isAlive = ({ pid, identity }: { pid: number; identity: string }): boolean =>
  processIdentity(pid) === identity;

const linuxIdentity = (pid: number): string | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  // The command name is in parentheses and may hold anything, so fields are counted from the last one.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${fields[19] ?? ''}`;
};

const startSecond = (pid: number): string | undefined => {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
};

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
