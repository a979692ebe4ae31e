import { setTimeout as pause } from 'node:timers/promises';
import { query } from '../../invariants/query.ts';
import { adminUrlOf, type Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';

/** PostgreSQL's file system has no byte left, then has again. */
export const fillDisk = async (arena: Arena, { lengthMs }: Fault): Promise<void> => {
  const { disk } = arena;
  if (disk === undefined) throw new Error('this machine mounts no small file system for it');
  try {
    disk.fill();
    // It would live on in what it has reserved for a while; a checkpoint meets the full disk at once, and is its end.
    await query(adminUrlOf(arena, 'postgres'), 'CHECKPOINT').catch(() => arena.note('its checkpoint failed'));
    await pause(lengthMs);
  } finally {
    disk.empty();
  }
};
