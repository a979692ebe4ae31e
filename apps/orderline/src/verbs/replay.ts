import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { commandAddress } from '../inspect/command-address.ts';
import { printReplay, replay as replayOrder } from '../inspect/replay.ts';
import { replayAsTest } from '../inspect/replay-as-test.ts';
import { writeSide } from '../inspect/write-side.ts';

type ReplayOptions = { until?: string; asTest?: boolean; url?: string };

export const replay = (program: Command): void => {
  program
    .command('replay <orderId>')
    .description('fold an order’s stored events with today’s code and show what each of them changed')
    .option('--until <version>', 'stop after this version')
    .option('--as-test', 'write a spec that folds the same events and expects the same state')
    .option('--url <address>', 'of order-command, when it is not the local one')
    .action(async (orderId: string, { until, asTest = false, url }: ReplayOptions) => {
      const last = until === undefined ? undefined : Number(until);
      const steps = await replayOrder(orderId, writeSide(commandAddress(url)), last);
      console.log(printReplay(steps));
      if (!asTest) return;
      const file = `libs/ordering/src/replay-${orderId}.spec.ts`;
      writeFileSync(file, replayAsTest(orderId, steps), { flag: 'wx' });
      console.log(`Written: ${file}. It holds what people wrote into the order; look before you commit it.`);
    });
};
