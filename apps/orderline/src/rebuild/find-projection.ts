import { askAll, type ProjectorApp } from '../projector-apps.ts';
import { listProjections } from './projection-routes.ts';

type Patience = { readonly tries: number; readonly pause: () => Promise<void> };

/**
 * The app that hosts a projection, found by asking, again while one that may have it does not answer (it may be restarting).
 * Throws with the names there are, and with who did not answer.
 */
export const findProjection = async (
  name: string,
  apps: readonly ProjectorApp[],
  { tries, pause }: Patience,
): Promise<ProjectorApp> => {
  const { answers, silent } = await askAll(apps, ({ url }) => listProjections(url));
  const host = answers.find(({ answer }) => answer.some((generation) => generation.name === name));
  if (host !== undefined) return host.app;
  if (answers.length > 0 && silent.length > 0 && tries > 1) {
    await pause();
    return findProjection(name, apps, { tries: tries - 1, pause });
  }
  const names = new Set(answers.flatMap(({ answer }) => answer.map((generation) => generation.name)));
  const known = names.size === 0 ? 'No projector answers.' : `There are: ${[...names].sort().join(', ')}.`;
  const unasked = silent.map(({ app, why }) => `\n  ${app.name}: ${why}`).join('');
  throw new Error(`no projection ${name} was found. ${known}${unasked}`);
};
