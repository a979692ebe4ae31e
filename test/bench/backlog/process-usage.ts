import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** CPU seconds that a process and its children, also those that have ended, have taken so far. 0 where there is no /proc. */
export const cpuSeconds = (pid: number): number => {
  const own = statOf(pid);
  if (own === undefined) return 0;
  let ticks = own.own + own.endedChildren;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/u.test(name) ? statOf(Number(name)) : undefined;
    if (stat?.parent === pid) ticks += stat.own;
  }
  return ticks / ticksPerSecond;
};

/** The most memory a process has held at once, MB. */
export const peakMegabytes = (pid: number): number => {
  const kilobytes = /^VmHWM:\s+(\d+)/mu.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return Number(kilobytes ?? Number.NaN) / 1_000;
};

type Stat = { parent: number; own: number; endedChildren: number };

const statOf = (pid: number): Stat | undefined => {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // The name before it, in brackets, may hold anything.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, user, system, childrenUser, childrenSystem] = [1, 11, 12, 13, 14].map((at) => fields[at] ?? 0);
  return {
    parent: parent ?? 0,
    own: (user ?? 0) + (system ?? 0),
    endedChildren: (childrenUser ?? 0) + (childrenSystem ?? 0),
  };
};

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
