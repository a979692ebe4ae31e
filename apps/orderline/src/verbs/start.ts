import type { Stack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { runStack } from '../run-stack.ts';
import { addressTable } from '../screen/addresses.ts';
import { seedOrders } from '../seed-orders.ts';
import { aborted, toldToStop } from '../until-told-to-stop.ts';

export const start = (program: Command): void => {
  program
    .command('start')
    .description('start the whole stack and every app, make a few orders, stay until Ctrl-C')
    .action(stay);
};

const stay = async (): Promise<void> => {
  const signal = toldToStop();
  const stack = await runStack(readConfig(), { output: process.stdout, signal });
  try {
    await sayWhatThereIs(stack);
    await aborted(signal);
  } finally {
    console.log('Stopping.');
    await stack.stop();
    console.log('Stopped; nothing is left running.');
  }
};

const sayWhatThereIs = async (stack: Stack): Promise<void> => {
  const orders = await seedOrders(stack.urls);
  console.log(`\n${addressTable(stack)}\n\nLogs: ${stack.folder.logs}`);
  const { console: consoleUrl, 'order-summary': summary } = stack.urls;
  if (orders[0] !== undefined && summary !== undefined) {
    console.log(`${orders.length} orders were made. Look at one: curl ${summary}/orders/${orders[0]}`);
  }
  if (consoleUrl !== undefined) console.log(`Open the console: ${consoleUrl}`);
  console.log(process.stdout.isTTY ? 'Ctrl-C stops everything.' : 'npm run orderline -- down stops everything.');
};
