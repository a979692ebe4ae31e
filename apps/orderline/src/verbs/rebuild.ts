import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { projectorApps } from '../projector-apps.ts';
import { findProjection } from '../rebuild/find-projection.ts';
import { projectionRoutes, type Generation } from '../rebuild/projection-routes.ts';
import { runRebuild } from '../rebuild/run-rebuild.ts';
import { showProgress } from '../rebuild/show-progress.ts';

type RebuildFlags = { dryRun?: boolean; rollback?: boolean; drop?: boolean; swapAnyway?: boolean; url?: string };

export const rebuild = (program: Command): void => {
  program
    .command('rebuild <projection>')
    .description(
      'build a projection anew beside the one that serves, compare them row by row, swap; 1 when rows differ',
    )
    .option('--dry-run', 'fill, compare and drop again; nothing is swapped')
    .option('--swap-anyway', 'swap although rows differ')
    .option('--rollback', 'let the generation before the last swap serve again')
    .option('--drop', 'drop the generation that does not serve, whether it stands by or is being filled')
    .option('--url <address>', 'of the projector, when it is not a local one')
    .action(run);
};

const lookEveryMs = 500;
/** A projector that died is back after some seconds. */
const searchTries = 30;

const run = async (name: string, flags: RebuildFlags): Promise<void> => {
  const chosen = (['dryRun', 'swapAnyway', 'rollback', 'drop'] as const).filter((flag) => flags[flag] === true);
  if (chosen.length > 1) throw new Error('--dry-run, --swap-anyway, --rollback and --drop go one at a time');
  const wait = (): Promise<void> => pause(lookEveryMs);
  const app = await findProjection(name, projectorApps(flags.url), { tries: searchTries, pause: wait });
  const routes = projectionRoutes(app.url, name);
  if (flags.rollback === true) {
    console.log(`${servingLine(await routes.step('rollback'))} Nothing is lost: it has kept up all the time.`);
  } else if (flags.drop === true) {
    console.log(`${servingLine(await routes.step('drop'))} It is the only one now.`);
  } else {
    const screen = { ...showProgress(process.stdout), pause: wait };
    const options = { dryRun: flags.dryRun === true, swapAnyway: flags.swapAnyway === true };
    process.exitCode = (await runRebuild({ name, routes, screen, options })) ? 0 : 1;
  }
};

const servingLine = (generations: readonly Generation[]): string => {
  const serving = generations.find(({ state }) => state === 'serving');
  return `${serving?.name} is served by generation ${serving?.generation}.`;
};
