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
};

export type EpisodeOutcome = { readonly faults: readonly Injected[]; readonly recovery: Recovery };

/** Does the harm of an episode, then waits until everything has come back by itself. */
export const runEpisode = async (arena: Arena, episode: Episode, begun: number): Promise<EpisodeOutcome> => {
  const now = (): number => Math.round(performance.now() - begun);
  const faults = await Promise.all(
    episode.faults.map(async (fault): Promise<Injected> => {
      const begunMs = now();
      try {
        await doHarm(arena, fault);
        return { ...fault, begunMs, endedMs: now() };
      } catch (error) {
        return { ...fault, begunMs, endedMs: now(), failed: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
  arena.wires.clearAll();
  return { faults, recovery: await recovery(arena.stack) };
};
