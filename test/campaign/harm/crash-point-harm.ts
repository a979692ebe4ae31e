import { eventually } from '@orderline/testing';
import pg from 'pg';
import { crashPoints, installGates, type CrashPoint } from '../../invariants/crash-points.ts';
import { adminUrlOf, databaseOf, pidOf, type Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';

/** `projector@point`: kills it when a batch of its has come to that point. */
export const killAtCrashPoint = async (arena: Arena, { target }: Fault): Promise<void> => {
  const [projector, point] = target.split('@') as [string, CrashPoint];
  const client = new pg.Client({ connectionString: adminUrlOf(arena, databaseOf(projector)) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT FROM pg_proc WHERE proname = 'gate'`);
    if (rows.length === 0) await installGates(client);
    await crashPoints[point](client, {
      groupId: `${projector}-projector.main`,
      brokers: arena.stack.addresses.kafkaBrokers,
      end: () => ended(arena, projector),
    });
  } finally {
    await client.end();
  }
};

const ended = async (arena: Arena, part: string): Promise<void> => {
  const pid = pidOf(arena, part);
  process.kill(pid, 'SIGKILL');
  await eventually(() => {
    if (arena.stack.parts().some((one) => one.pid === pid && one.state === 'running')) throw new Error(`${pid} lives`);
  });
};
