import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { commandAddress } from '../inspect/command-address.ts';
import { healRelay, workLine } from '../relay/heal-relay.ts';
import { lostOrders } from '../relay/lost-orders.ts';
import { relayRoutes } from '../relay/relay-routes.ts';

const lookEveryMs = 500;

export const relay = (program: Command): void => {
  const verb = program.command('relay').description('the relay between the outbox and the topic');
  verb
    .command('status')
    .description('whether it works, what is wrong and what to do; 1 unless it works')
    .option('--json', 'as JSON')
    .option('--url <address>', 'of its supervisor, when it is not the local one')
    .action(showStatus);
  verb
    .command('heal')
    .description('make a lost slot again, let the connector go on, and send again what was left out; safe to repeat')
    .option('--dry-run', 'say what would be done and sent')
    .action(heal);
};

const showStatus = async ({ json = false, url }: { json?: boolean; url?: string }): Promise<void> => {
  const seen = await relayRoutes(url).relay();
  const isWell = seen.state === 'flowing' || seen.state === 'idle';
  if (json) console.log(JSON.stringify(seen));
  else {
    console.log(`The relay is ${seen.state} since ${seen.since}: ${workLine(seen)}.`);
    const limit = seen.retainedLimitBytes === null ? '' : ` of at most ${mebibytes(seen.retainedLimitBytes)}`;
    console.log(`WAL held for it: ${mebibytes(seen.retainedBytes)}${limit}. Restarts: ${seen.restarts}.`);
    if (seen.advice !== null) console.log(seen.advice);
  }
  process.exitCode = isWell ? 0 : 1;
};

/** Of the local stack alone: what is missing on the topic is told by comparing its own store and topic. */
const heal = async ({ dryRun = false }: { dryRun?: boolean }): Promise<void> =>
  healRelay({
    routes: relayRoutes(undefined),
    commandUrl: commandAddress(undefined),
    findLost: lostOrders,
    say: (line) => {
      console.log(line);
    },
    pause: () => pause(lookEveryMs),
    dryRun,
  });

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
