import { setTimeout as pause } from 'node:timers/promises';
import type { Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';

/** PostgreSQL's file system has no byte left, then has again. */
export const fillDisk = async ({ disk }: Arena, { lengthMs }: Fault): Promise<void> => {
  if (disk === undefined) throw new Error('this machine mounts no small file system for it');
  try {
    disk.fill();
    await pause(lengthMs);
  } finally {
    disk.empty();
  }
};
