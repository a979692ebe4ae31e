import type { Command } from 'commander';
import { commandAddress } from '../inspect/command-address.ts';
import { writeSide } from '../inspect/write-side.ts';

type StateOptions = { at?: string; version?: string; url?: string };

export const state = (program: Command): void => {
  program
    .command('state <orderId>')
    .description('what an order looked like at an instant or a version')
    .option('--at <instant>', 'RFC 3339, such as 2026-01-15T14:12:00Z')
    .option('--version <n>', 'after the event of this version')
    .option('--url <address>', 'of order-command, when it is not the local one')
    .action(async (orderId: string, { at, version, url }: StateOptions) => {
      if ((at === undefined) === (version === undefined)) throw new Error('say either --at or --version');
      const moment = at === undefined ? { version: Number(version) } : { at };
      const order = await writeSide(commandAddress(url)).stateAt(orderId, moment);
      console.log(JSON.stringify(order, null, 2));
    });
};
