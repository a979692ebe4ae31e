import { setTimeout as pause } from 'node:timers/promises';
import type { BacklogServers } from './backlog-servers.ts';
import { cpuSeconds, peakMegabytes } from '../process-usage.ts';
import { startProjectorProcess, type ProjectorProcess } from './projector-process.ts';
import type { ReadModel } from './read-model.ts';

export type Drained = {
  readonly eventsPerSecond: number;
  /** Of the projector's process: when it has its partitions, and the most it ever held. */
  readonly megabytes: { readonly atFirst: number; readonly atMost: number };
  /** Microseconds of CPU per event, by process. */
  readonly cpu: { readonly projector: number; readonly postgres: number; readonly kafka: number };
};

const lookEveryMs = 20;
const patienceMs = 600_000;

/**
 * Lets the app of an empty read model take in the whole topic. Its time counts from when it has its partitions (checkpoints
 * are there, at 0) to when every projection has committed the last event.
 */
export const drain = async (readModel: ReadModel, servers: BacklogServers, events: number): Promise<Drained> => {
  const projector = await startProjectorProcess(readModel, servers.brokers);
  const spent = (): number[] => [projector.pid, servers.postgresPid, servers.kafkaPid].map(cpuSeconds);
  try {
    const began = await drained(readModel, projector, 0);
    const before = spent();
    const atFirst = peakMegabytes(projector.pid);
    const seconds = ((await drained(readModel, projector, events)) - began) / 1_000;
    const after = spent();
    const perEvent = (at: number): number => (((after[at] ?? 0) - (before[at] ?? 0)) / events) * 1_000_000;
    return {
      eventsPerSecond: events / seconds,
      megabytes: { atFirst, atMost: peakMegabytes(projector.pid) },
      cpu: { projector: perEvent(0), postgres: perEvent(1), kafka: perEvent(2) },
    };
  } finally {
    await projector.stop();
  }
};

/** When every projection has committed so many events; 0: when it has its partitions. */
export const drained = async (readModel: ReadModel, projector: ProjectorProcess, events: number): Promise<number> => {
  const deadline = performance.now() + patienceMs;
  while ((await furthestBehind(readModel)) < events) {
    projector.check();
    if (performance.now() > deadline) throw new Error(`${readModel.name} has not come to ${events} events`);
    await pause(lookEveryMs);
  }
  return performance.now();
};

/** Events that the projection furthest behind has taken in; -1 before the partitions are assigned. */
const furthestBehind = async ({ pool }: ReadModel): Promise<number> => {
  const { rows } = await pool.query<{ events: string | null }>(
    `SELECT min(events) AS events FROM (
       SELECT coalesce(sum(c.next_offset), -1) AS events
       FROM projection_generation g LEFT JOIN projection_checkpoint c USING (generation) GROUP BY generation) each`,
  );
  return Number(rows[0]?.events ?? -1);
};
