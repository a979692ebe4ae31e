import type { Command } from 'commander';
import colours from 'picocolors';
import { commandAddress } from '../inspect/command-address.ts';
import { writeSide } from '../inspect/write-side.ts';

export const timeline = (program: Command): void => {
  program
    .command('timeline <orderId>')
    .description('what happened to an order, a line per event: when, what, by whom')
    .option('--url <address>', 'of order-command, when it is not the local one')
    .action(async (orderId: string, { url }: { url?: string }) => {
      console.log(colourTimeline(await writeSide(commandAddress(url)).timeline(orderId)));
    });
};

/** Instants dim, event names bold, who did it in colour; plain text where the output is no terminal. */
const colourTimeline = (text: string): string =>
  text
    .trimEnd()
    .replaceAll(/(?<=Z +)\w+/gu, (type) => colours.bold(type))
    .replaceAll(/(?<=^v\d+ +)\S+Z/gmu, (instant) => colours.dim(instant))
    .replaceAll(/ by \S+$/gmu, (who) => colours.cyan(who));
