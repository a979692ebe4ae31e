import type { Generation } from '../../../src/shapes.ts';

export type Step = 'rebuild' | 'swap' | 'rollback' | 'drop';

/** A projection with its generations, the one that serves first. */
export type Projection = { name: string; generations: Generation[]; steps: Step[] };

/** The projections that one app hosts, on one consumer. */
export type Host = { app: string; projections: Projection[] };

export const byHost = (generations: Generation[]): Host[] =>
  grouped(generations, ({ app }) => app).map(([app, hosted]) => ({
    app,
    projections: grouped(hosted, ({ name }) => name).map(([name, ofOne]) => {
      const sorted = ofOne.toSorted((one, other) => rank(one) - rank(other) || other.generation - one.generation);
      return { name, generations: sorted, steps: stepsOf(sorted) };
    }),
  }));

const grouped = (generations: Generation[], keyOf: (of: Generation) => string): [string, Generation[]][] =>
  [...Map.groupBy(generations, keyOf)].toSorted(([one], [other]) => one.localeCompare(other));

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
