import type { Health, Pipeline } from '../../src/shapes.ts';

export type Trouble = { name: string; state: Health; since: string; advice: string | null };

/** What is not as it should be, the parts that are down first: what comes after them on the way is late because of them. */
export const troublesOf = ({ parts, hops, away }: Pipeline): Trouble[] => {
  const told: Trouble[] = [
    ...parts.map(({ name, state, since, advice }) => ({ name, state, since, advice })),
    ...away.map(({ part, since, advice }) => ({ name: part, state: 'down' as const, since, advice })),
    ...hops.map(({ name, state, since, advice }) => ({ name, state, since, advice })),
  ];
  const bad = told.filter(({ state }) => state === 'down' || state === 'late');
  const once = new Map(bad.toReversed().map((trouble) => [trouble.name, trouble]));
  const kept = bad.filter((trouble) => once.get(trouble.name) === trouble);
  return kept.toSorted((one, other) => rank(one) - rank(other));
};

const rank = ({ state }: Trouble): number => (state === 'down' ? 0 : 1);
