import { provision as provisionStack, viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { showSteps } from '../screen/show-steps.ts';
import { toldToStop } from '../until-told-to-stop.ts';

export const provision = (program: Command): void => {
  program
    .command('provision')
    .description('roles, databases, migrations, topics, schemas and the relay, on servers that run already')
    .action(async () => {
      const { env, stack } = readConfig();
      const display = showSteps(process.stdout);
      try {
        await provisionStack(viewStack(stack, env).addresses, display.onStep, toldToStop());
      } finally {
        await display.end();
      }
    });
};
