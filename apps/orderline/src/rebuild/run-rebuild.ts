import { Refused } from '../projector-apps.ts';
import { candidateOf, fill, patiently, StandbyInTheWay, type Filled, type Screen } from './fill.ts';
import { nameDifferences } from './name-differences.ts';
import { count, duration } from './progress-line.ts';
import type { Generation, ProjectionRoutes } from './projection-routes.ts';

export type RebuildOptions = {
  /** Fill, compare, drop; nothing is swapped. */
  readonly dryRun: boolean;
  /** Swap although rows differ. */
  readonly swapAnyway: boolean;
};

type Rebuild = {
  readonly name: string;
  readonly routes: ProjectionRoutes;
  readonly screen: Screen;
  readonly options: RebuildOptions;
};

/**
 * Rebuilds a projection beside the generation that serves and lets it take over. May be stopped anywhere and run again, or
 * twice at once: it joins what is under way. Answers whether all went as asked; false when rows differ.
 */
export const runRebuild = async (rebuild: Rebuild): Promise<boolean> => {
  const { name, routes, screen, options } = rebuild;
  const filled = await fill(routes, screen).catch((error: unknown) => {
    if (!(error instanceof StandbyInTheWay)) throw error;
    throw new Error(`${error.message}. Drop it first: ${command(name, '--drop')}`, { cause: error });
  });
  const { candidate, begunHere } = filled;
  if (begunHere) screen.say(howFast(filled));
  if (candidate.state === 'serving' || candidate.state === 'standby') {
    screen.say(`Generation ${candidate.generation} was swapped by somebody else meanwhile.`);
    return true;
  }
  const equal = sayHowItCompares(candidate, screen);
  if (options.dryRun) {
    await dropAfterDryRun(rebuild, candidate, begunHere);
    return equal;
  }
  if (!equal && !options.swapAnyway) {
    screen.say(whatToDo(name, candidate));
    return false;
  }
  await swap(rebuild, candidate);
  return true;
};

const howFast = ({ candidate: { partitions }, seconds }: Filled): string => {
  const events = partitions.reduce((sum, { offset }) => sum + offset, 0);
  return `${count(events)} records in ${duration(seconds)}, comparing included.`;
};

const sayHowItCompares = ({ comparison, version }: Generation, { say }: Screen): boolean => {
  if (comparison === null) {
    say(`Caught up. It is of a new version (${version}), so there is nothing to compare its rows with.`);
    return true;
  }
  const { rows, differing } = comparison;
  if (differing === 0) {
    say(`Caught up. All ${count(rows)} rows are equal to those that serve, compared at equal offsets.`);
    return true;
  }
  say(`Caught up. ${count(differing)} of ${count(rows)} rows differ:\n\n${nameDifferences(comparison)}\n`);
  return false;
};

const whatToDo = (name: string, { generation }: Generation): string =>
  [
    `The old rows go on serving, and generation ${generation} stays beside them.`,
    '  what happened to an order   npm run orderline -- history <orderId>',
    `  the rebuilt rows are right  ${command(name, '--swap-anyway')}`,
    `  they are wrong              ${command(name, '--drop')}`,
  ].join('\n');

const swap = async ({ name, routes, screen, options }: Rebuild, { generation }: Generation): Promise<void> => {
  const body = options.swapAnyway ? { acceptDifferences: true } : undefined;
  await patiently(() => routes.step('swap', body), screen).catch(async (error: unknown) => {
    // Of two runs at once, or of a step whose answer was lost, the later one finds it done.
    const served = (await patiently(routes.list, screen)).some(
      (now) => now.generation === generation && now.state === 'serving',
    );
    if (!(served && error instanceof Refused)) throw error;
  });
  screen.say(
    [
      `Generation ${generation} serves now. The old one keeps up with the topic beside it.`,
      `  take it back   ${command(name, '--rollback')}`,
      `  free its space ${command(name, '--drop')}`,
    ].join('\n'),
  );
};

const dropAfterDryRun = async (
  { name, routes, screen }: Rebuild,
  own: Generation,
  begunHere: boolean,
): Promise<void> => {
  if (!begunHere) {
    screen.say(`Another run began generation ${own.generation}, so it stays. Drop it by ${command(name, '--drop')}`);
    return;
  }
  const now = candidateOf(await patiently(routes.list, screen));
  if (now?.generation !== own.generation || now.state === 'standby') return;
  await routes.step('drop');
  screen.say(`Dry run: generation ${own.generation} is dropped again; nothing was swapped.`);
};

const command = (name: string, option: string): string => `npm run orderline -- rebuild ${name} ${option}`;
