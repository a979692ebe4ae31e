import type { Command } from 'commander';
import { listParked, release, type Parked } from '../parking/parked-orders.ts';
import { printParked, printParkedOrder, printReleased, printSilent } from '../parking/print-parked.ts';
import { projectorApps, type Asked } from '../projector-apps.ts';

type Where = { projection?: string; url?: string };
type Release = Where & { dryRun?: boolean; reason?: string };

export const parked = (program: Command): void => {
  const group = program.command('parked').description('orders with an event that a projection could not apply');
  const verb = (words: string, description: string): Command =>
    group
      .command(words)
      .description(description)
      .option('--projection <name>', 'only there; else wherever the order is parked')
      .option('--url <address>', 'of the projector, when it is not a local one');
  verb('list', 'every parked order of every projection, newest first')
    .option('--json', 'as JSON, a line each')
    .action(list);
  verb('show <orderId>', 'why an order is parked, and what can be done').action(show);
  verb('retry <orderId>', 'apply what is parked of an order, oldest first, once; 1 when something stays parked')
    .option('--dry-run', 'do all of it and take it back')
    .action(free);
  verb('discard <orderId>', 'give up the event at fault, then apply those that wait behind it')
    .requiredOption('--reason <text>', 'is kept with the event')
    .option('--dry-run', 'do all of it and take it back')
    .action(free);
};

const list = async ({ projection, url, json = false }: Where & { json?: boolean }): Promise<void> => {
  const asked = await listParked(projectorApps(url), projection);
  const items = itemsOf(asked);
  if (json) for (const item of items) console.log(JSON.stringify(item));
  else console.log(printParked(items));
  sayWhoIsSilent(asked);
};

const show = async (orderId: string, { projection, url }: Where): Promise<void> => {
  const asked = await listParked(projectorApps(url), projection);
  const items = itemsOf(asked).filter((item) => item.orderId === orderId);
  sayWhoIsSilent(asked);
  if (items.length === 0) throw new Error(`${orderId} is not parked; npm run orderline -- parked list shows what is.`);
  console.log(printParkedOrder(orderId, items));
};

const free = async (orderId: string, { dryRun = false, projection, reason, url }: Release): Promise<void> => {
  const asked = await release(projectorApps(url), orderId, { dryRun, projection, reason });
  const released = asked.answers.flatMap(({ answer }) => answer);
  sayWhoIsSilent(asked);
  if (released.length === 0)
    throw new Error(`${orderId} is not parked; npm run orderline -- parked list shows what is.`);
  console.log(printReleased(released, dryRun));
  if (released.some((outcome) => outcome.parked > 0)) process.exitCode = 1;
};

const itemsOf = ({ answers }: Asked<Parked[]>): Parked[] => answers.flatMap(({ answer }) => answer);

/** What was not asked may hold more, so that is no success. */
const sayWhoIsSilent = (asked: Asked<unknown>): void => {
  if (asked.silent.length === 0) return;
  console.error(printSilent(asked));
  process.exitCode = 1;
};
