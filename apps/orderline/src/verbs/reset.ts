import { resetStack, viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';

export const reset = (program: Command): void => {
  program
    .command('reset')
    .description('stop the stack and delete its databases, topics and logs')
    .action(async () => {
      const { env, stack } = readConfig();
      const view = viewStack(stack, env);
      await resetStack(view);
      console.log(`${view.folder.root} is empty; the next start begins with no orders.`);
    });
};
