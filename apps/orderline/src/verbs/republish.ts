import { InvalidArgumentError, type Command } from 'commander';
import { commandAddress } from '../inspect/command-address.ts';
import { lostOrders } from '../relay/lost-orders.ts';
import { republish as republishOrder, republishedLine } from '../relay/republish.ts';
import { sendLost } from '../relay/send-lost.ts';

type Flags = { from?: number; lost?: boolean; dryRun?: boolean; url?: string };

export const republish = (program: Command): void => {
  program
    .command('republish [orderId]')
    .description('send an order to the topic again, same event ids; consumers shed what they had')
    .option('--from <version>', 'the first version to send (default 1)', toVersion)
    .option('--lost', 'instead of one order, whatever the audit finds missing on the topic')
    .option('--dry-run', 'say what would be sent')
    .option('--url <address>', 'of order-command, when it is not the local one')
    .action(run);
};

const run = async (orderId: string | undefined, flags: Flags): Promise<void> => {
  const { from, lost = false, dryRun = false, url } = flags;
  const commandUrl = commandAddress(url);
  const say = (line: string): void => {
    console.log(line);
  };
  if (lost) {
    if (orderId !== undefined || from !== undefined) throw new Error('--lost finds the orders and versions by itself');
    if (url !== undefined) throw new Error('--lost looks into the local stack: it cannot tell what another one lacks');
    await sendLost({ commandUrl, findLost: lostOrders, say, dryRun });
  } else {
    if (orderId === undefined) throw new Error('which order? Or --lost for all that lack events on the topic');
    say(republishedLine(await republishOrder(commandUrl, { orderId, fromVersion: from, dryRun })));
  }
};

const toVersion = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/u.test(text)) throw new InvalidArgumentError('It is a version: 1, 2, 3…');
  return Number(text);
};
