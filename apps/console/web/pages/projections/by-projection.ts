import type { Generation } from '../../../src/shapes.ts';

export type Step = 'rebuild' | 'swap' | 'rollback' | 'drop';

/** A projection with its generations, the one that serves first. */
export type Projection = { app: string; name: string; generations: Generation[]; steps: Step[] };

export const byProjection = (generations: Generation[]): Projection[] => {
  const grouped = Map.groupBy(generations, ({ app, name }) => JSON.stringify([app, name]));
  const projections = [...grouped.values()].map((ofOne) => {
    const sorted = ofOne.toSorted((one, other) => rank(one) - rank(other) || other.generation - one.generation);
    return { app: ofOne[0]?.app ?? '', name: ofOne[0]?.name ?? '', generations: sorted, steps: stepsOf(sorted) };
  });
  return projections.toSorted((one, other) => `${one.app} ${one.name}`.localeCompare(`${other.app} ${other.name}`));
};

const rank = ({ state }: Generation): number => (state === 'serving' ? 0 : 1);

/** What the projector would not refuse, as the states stand. */
const stepsOf = (generations: Generation[]): Step[] => {
  const has = (...states: Generation['state'][]): boolean => generations.some(({ state }) => states.includes(state));
  const steps: [Step, boolean][] = [
    ['rebuild', !has('filling', 'caught_up', 'standby')],
    ['swap', has('caught_up')],
    ['rollback', has('standby')],
    ['drop', has('filling', 'caught_up', 'standby')],
  ];
  return steps.filter(([, isLawful]) => isLawful).map(([step]) => step);
};
