import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '@orderline/testing';
import { query } from '../../invariants/query.ts';
import { adminUrlOf, type Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';
import { NotKept } from '../not-kept.ts';

const run = promisify(execFile);
const tool = fileURLToPath(new URL('../../../apps/orderline/src/main.ts', import.meta.url));
const seenWithinMs = 60_000;

/**
 * The slot is harmed while Connect is away and orders go on, so that events are left out. The supervisor of the relay has to
 * see it within a minute; the one command that it names heals it.
 */
const whileConnectIsAway = async (arena: Arena, { lengthMs }: Fault, sql: string): Promise<void> => {
  const { stack } = arena;
  await stack.halt('connect');
  await pause(lengthMs);
  await query(adminUrlOf(arena, 'orders'), sql);
  await stack.restart('connect');
  const back = performance.now();
  await eventually(
    async () => {
      const response = await fetch(`${stack.urls['relay-supervisor'] ?? ''}/relay`);
      const { state } = (await response.json()) as { state: string };
      if (state !== 'lost') throw new Error(`the relay says ${state} of a slot that has left out events`);
    },
    { withinMs: seenWithinMs, everyMs: 200 },
  ).catch((cause: unknown) => {
    throw new NotKept(`not seen within ${seenWithinMs / 1_000} s: ${String(cause)}`, { cause });
  });
  arena.note(`seen ${seconds(back)} s after Connect was back`);
  const begun = performance.now();
  await run(process.execPath, ['--import', 'tsx', tool, 'relay', 'heal'], {
    env: { ...process.env, ORDERLINE_NAME: stack.folder.name },
  }).catch((cause: unknown) => {
    throw new NotKept(`relay heal: ${String(cause)}`, { cause });
  });
  arena.note(`healed by one command in ${seconds(begun)} s`);
};

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(1);

export const dropSlot = (arena: Arena, fault: Fault): Promise<void> =>
  whileConnectIsAway(arena, fault, `SELECT pg_drop_replication_slot('orderline_outbox')`);

export const advanceSlot = (arena: Arena, fault: Fault): Promise<void> =>
  whileConnectIsAway(arena, fault, `SELECT pg_replication_slot_advance('orderline_outbox', pg_current_wal_lsn())`);
