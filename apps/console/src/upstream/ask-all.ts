import type { Away } from '../shapes.ts';
import { PartAway } from './part-away.ts';

export type Asked<T> = {
  /** By the name of the app, those that answered. */
  readonly answers: ReadonlyMap<string, T>;
  readonly away: Away[];
};

/** Asks all of them at once. Those that are away are named; a refusal of one of them is thrown. */
export const askAll = async <U, T>(
  upstreams: ReadonlyMap<string, U>,
  question: (upstream: U, name: string) => Promise<T>,
): Promise<Asked<T>> => {
  const answers = new Map<string, T>();
  const away: Away[] = [];
  await Promise.all(
    [...upstreams].map(async ([name, upstream]) => {
      const answer = await orAway(question(upstream, name));
      if (answer instanceof PartAway) away.push(answer.away);
      else answers.set(name, answer);
    }),
  );
  return { answers, away };
};

/** What is answered, or the part that is away; anything else is thrown. */
export const orAway = async <T>(answer: Promise<T>): Promise<T | PartAway> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof PartAway) return error;
    throw error;
  }
};
