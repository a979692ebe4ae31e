import { statusOf } from '../invariants/at-rest.ts';
import { urlOf } from '../invariants/projectors.ts';

/** A generation of a projection that analytics hosts. */
export type Generation = { readonly name: string; readonly generation: number; readonly state: string };

/** Oldest first. */
export const generationsOf = async (projection: string): Promise<Generation[]> =>
  (await statusOf(urlOf('analytics')))
    .filter(({ name }) => name === projection)
    .map(({ name, generation, state }) => ({ name, generation, state }))
    .toSorted((one, other) => one.generation - other.generation);

/** Whatever a test has come to: that generation serves again, and there is no other. */
export const leaveOnly = async ({ name, generation }: Generation): Promise<void> => {
  const step = (word: string) => fetch(`${urlOf('analytics')}/projections/${name}/${word}`, { method: 'POST' });
  const serving = (await generationsOf(name)).find(({ state }) => state === 'serving');
  if (serving?.generation !== generation) await step('rollback');
  if ((await generationsOf(name)).length > 1) await step('drop');
};
