import { registerSchemas, viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { table } from '../screen/table.ts';

export const schemas = (program: Command): void => {
  const group = program.command('schemas').description('the Avro schemas of the topic');
  group
    .command('register')
    .description('register every schema as FULL_TRANSITIVE and keep the ids in the orders database')
    .action(async () => {
      const { env, stack } = readConfig();
      const registered = await registerSchemas(viewStack(stack, env).addresses);
      console.log(
        table(
          ['subject', 'id'],
          registered.map(({ subject, id }) => [subject, String(id)]),
        ),
      );
    });
};
