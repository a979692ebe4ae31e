import type { Arena } from './arena.ts';
import { doHarm } from './do-harm.ts';
import type { Episode, Fault } from './fault.ts';
import { recovery, type Recovery } from './recovery.ts';

export type Injected = Fault & {
  /** Milliseconds into the campaign. */
  readonly begunMs: number;
  readonly endedMs: number;
  /** Why the harm could not be done, where it could not. */
  readonly failed?: string;
  /** What was seen while it was done. */
  readonly notes: readonly string[];
};

export type EpisodeOutcome = { readonly faults: readonly Injected[]; readonly recovery: Recovery };

/** Does the harm of an episode, then waits until everything has come back by itself. */
export const runEpisode = async (
  arena: Omit<Arena, 'note'>,
  episode: Episode,
  begun: number,
): Promise<EpisodeOutcome> => {
  const now = (): number => Math.round(performance.now() - begun);
  const faults = await Promise.all(
    episode.faults.map(async (fault): Promise<Injected> => {
      const begunMs = now();
      const notes: string[] = [];
      try {
        await doHarm({ ...arena, note: (remark) => notes.push(remark) }, fault);
        return { ...fault, begunMs, endedMs: now(), notes };
      } catch (error) {
        return {
          ...fault,
          begunMs,
          endedMs: now(),
          notes,
          failed: error instanceof Error ? error.message : String(error),
        };
      }
    }),
  );
  arena.wires.clearAll();
  return { faults, recovery: await recovery(arena.stack) };
};
