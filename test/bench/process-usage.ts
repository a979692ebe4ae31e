import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts so whatever the kernel's own clock. */
const ticksPerSecond = 100;

/** CPU seconds that a process and its children, also those that have ended, have taken so far. 0 where there is no /proc. */
export const cpuSeconds = (pid: number): number => {
  const own = statOf(pid);
  if (own === undefined) return 0;
  const children = processIds().map(statOf);
  return sum([own.ticks, own.endedChildren, ...children.map((stat) => (stat?.parent === pid ? stat.ticks : 0))]);
};

/** CPU seconds of a process and all that came of it, children of children too. */
export const cpuSecondsOfTree = (root: number): number => {
  const stats = new Map(processIds().map((pid) => [pid, statOf(pid)]));
  const isOfTree = (pid: number): boolean => {
    if (pid === root) return true;
    const parent = stats.get(pid)?.parent ?? 0;
    return parent > 1 && isOfTree(parent);
  };
  return sum([...stats].map(([pid, stat]) => (stat && isOfTree(pid) ? stat.ticks + stat.endedChildren : 0)));
};

/** CPU seconds that all cores were not idle, stolen ones included. 0 where there is no /proc. */
export const cpuSecondsOfMachine = (): number => {
  const line = /^cpu +(.*)$/mu.exec(read('/proc/stat') ?? '')?.[1] ?? '';
  const [user, nice, system, , , irq, softirq, steal] = line.split(' ').map(Number);
  return sum([user, nice, system, irq, softirq, steal].map((ticks) => ticks ?? 0));
};

/** The most memory a process has held at once, MB. */
export const peakMegabytes = (pid: number): number => kilobytesIn(`/proc/${pid}/status`, /^VmHWM:\s+(\d+)/mu) / 1_000;

/**
 * Memory that a process and its children hold now, MB: what they share is counted once among those who share it, which needs
 * the right to look at them. NaN where there is no /proc.
 */
export const megabytesOf = (pid: number): number => {
  const children = processIds().filter((other) => statOf(other)?.parent === pid);
  const shares = [pid, ...children].map((one) => kilobytesIn(`/proc/${one}/smaps_rollup`, /^Pss:\s+(\d+)/mu));
  // A child may have ended meanwhile; the process itself may not.
  const [own = Number.NaN, ...others] = shares;
  return (own + others.filter((share) => !Number.isNaN(share)).reduce((all, share) => all + share, 0)) / 1_000;
};

type Stat = { parent: number; ticks: number; endedChildren: number };

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
    ticks: (user ?? 0) + (system ?? 0),
    endedChildren: (childrenUser ?? 0) + (childrenSystem ?? 0),
  };
};

const processIds = (): number[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map(Number);
  } catch {
    return [];
  }
};

const sum = (ticks: readonly number[]): number => ticks.reduce((all, some) => all + some, 0) / ticksPerSecond;

const kilobytesIn = (file: string, pattern: RegExp): number =>
  Number(pattern.exec(read(file) ?? '')?.[1] ?? Number.NaN);

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};
