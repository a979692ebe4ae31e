import type { LoadReport, RemoteLoad } from '@orderline/load';
import type { Ground } from './arena.ts';
import { doHarm } from './do-harm.ts';
import type { Episode, Fault } from './fault.ts';
import { NotKept } from './not-kept.ts';
import { recovery, type Recovery } from './recovery.ts';

export type Injected = Fault & {
  /** Milliseconds into the campaign. */
  readonly begunMs: number;
  readonly endedMs: number;
  /** Why the harm could not be done, where it could not. */
  readonly failed?: string;
  /** What was promised of it and did not come. */
  readonly notKept?: string;
  /** What was seen while it was done. */
  readonly notes: readonly string[];
};

export type EpisodeOutcome = {
  readonly faults: readonly Injected[];
  readonly recovery: Recovery;
  /** Commands that fell due from the first harm to the recovery, and those whose first request was answered lawfully. */
  readonly commands: number;
  readonly answered: number;
};

type Surroundings = {
  /** The campaign's begin, on this process's clock. */
  readonly begun: number;
  readonly load: Pick<RemoteLoad, 'counts'>;
};

/** Does the harm of an episode, then waits until everything has come back by itself. */
export const runEpisode = async (arena: Ground, episode: Episode, around: Surroundings): Promise<EpisodeOutcome> => {
  const { begun, load } = around;
  const now = (): number => Math.round(performance.now() - begun);
  const before = await load.counts();
  const faults = await Promise.all(
    episode.faults.map(async (fault): Promise<Injected> => {
      const begunMs = now();
      const notes: string[] = [];
      try {
        await doHarm({ ...arena, note: (remark) => notes.push(remark) }, fault);
        return { ...fault, begunMs, endedMs: now(), notes };
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const done = { ...fault, begunMs, endedMs: now(), notes };
        return error instanceof NotKept ? { ...done, notKept: why } : { ...done, failed: why };
      }
    }),
  );
  arena.wires.clearAll();
  const found = await recovery(arena.stack);
  const after = await load.counts();
  return {
    faults,
    recovery: found,
    commands: after.commands - before.commands,
    answered: answeredIn(after) - answeredIn(before),
  };
};

const answeredIn = ({ first }: LoadReport): number => first.accepted + first.refused;
