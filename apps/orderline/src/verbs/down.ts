import { stopStack, viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';

export const down = (program: Command): void => {
  program
    .command('down')
    .description('stop the stack, whoever started it; nothing is left running')
    .action(async () => {
      const { env, stack } = readConfig();
      console.log(await stopStack(viewStack(stack, env)));
    });
};
