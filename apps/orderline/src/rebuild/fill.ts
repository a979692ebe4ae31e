import { isForNow, type Generation, type ProjectionRoutes } from './projection-routes.ts';

/** How a rebuild shows what it does, and how it waits. */
export type Screen = {
  /** How far the filling is; comes again and again. */
  readonly progress: (generation: Generation) => void;
  readonly say: (line: string) => void;
  readonly pause: () => Promise<void>;
};

const patience = 120;

/**
 * Asks until there is an answer, with a pause in between, so that a projector may be restarted meanwhile. Only for what may
 * be asked twice. Throws what it was told at once where asking again is of no use, else the last error.
 */
export const patiently = async <T>(question: () => Promise<T>, { pause }: Pick<Screen, 'pause'>): Promise<T> => {
  for (let left = patience; ; left -= 1) {
    try {
      return await question();
    } catch (error) {
      if (!isForNow(error) || left === 0) throw error;
      await pause();
    }
  }
};

export type Filled = { readonly candidate: Generation; readonly begunHere: boolean; readonly seconds: number };

/**
 * Sees to it that a generation beside the serving one is filled, has caught up and was compared: begins one, or joins the
 * one that is under way. Throws when an older one is in the way, and when somebody drops it meanwhile.
 */
export const fill = async (routes: ProjectionRoutes, screen: Screen): Promise<Filled> => {
  const before = candidateOf(await patiently(routes.list, screen));
  if (before?.state === 'standby') throw new StandbyInTheWay(before);
  const begun = before ?? candidateOf(await patiently(() => routes.step('rebuild'), screen));
  if (begun === undefined) throw new Error('the new generation was dropped by somebody else as soon as it was begun.');
  screen.say(begunLine(begun, before === undefined));
  const begunAt = performance.now();
  for (let now: Generation = begun; ;) {
    if (now.state !== 'filling') {
      return { candidate: now, begunHere: before === undefined, seconds: (performance.now() - begunAt) / 1_000 };
    }
    screen.progress(now);
    await screen.pause();
    now = stillThere(await patiently(routes.list, screen), begun);
  }
};

export const candidateOf = (generations: readonly Generation[]): Generation | undefined =>
  generations.find(({ state }) => state !== 'serving');

/** The old generation of an earlier rebuild, which was never dropped. */
export class StandbyInTheWay extends Error {
  readonly standby: Generation;

  constructor(standby: Generation) {
    super(`generation ${standby.generation} stands by since the last swap, to be rolled back to`);
    this.standby = standby;
  }
}

const begunLine = ({ generation, state }: Generation, here: boolean): string => {
  if (here) return `Filling generation ${generation} from the first record, beside the one that serves.`;
  return state === 'filling'
    ? `Generation ${generation} is being filled already: joining that.`
    : `Generation ${generation} was filled and compared before: going on from there.`;
};

const stillThere = (generations: readonly Generation[], { generation }: Generation): Generation => {
  const found = generations.find((known) => known.generation === generation);
  if (found === undefined) throw new Error(`generation ${generation} was dropped by somebody else.`);
  return found;
};
