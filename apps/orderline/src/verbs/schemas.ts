import { fileURLToPath } from 'node:url';
import { createRegistryClient } from '@orderline/kafka';
import { registerSchemas, viewStack } from '@orderline/local-stack';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { checkSchemas, isInOrder } from '../schemas/check-schemas.ts';
import { compareRegistry } from '../schemas/compare-registry.ts';
import { reportLines } from '../schemas/print-report.ts';
import { reviewEventTable } from '../schemas/read-event-kinds.ts';
import { table } from '../screen/table.ts';

type CheckFlags = { registry?: boolean | string; events?: string; accept?: boolean };

const folder = (name: string): string => fileURLToPath(new URL(`../../../../${name}`, import.meta.url));

export const schemas = (program: Command): void => {
  const group = program.command('schemas').description('the Avro schemas of the topic');
  group
    .command('check')
    .description(
      'compare the schemas with all that was published and with the registry, and read every old version; 1 when something breaks',
    )
    .option(
      '--registry [address]',
      'fail when the registry does not answer; its Confluent API, when it is not the local one',
    )
    .option('--no-registry', 'do not ask the registry')
    .option('--events <database>', 'read an order with every type and version that this orders database has')
    .option('--accept', 'write what the projections make of the samples now as their golden states')
    .action(check);
  group
    .command('register')
    .description('register every schema as FULL_TRANSITIVE and keep the ids in the orders database')
    .action(register);
};

const check = async ({ registry, events, accept = false }: CheckFlags): Promise<void> => {
  const report = await checkSchemas({
    schemasFolder: folder('schemas'),
    appsFolder: folder('apps'),
    accept,
    ...(registry !== false && {
      askRegistry: () => compareRegistry(createRegistryClient({ url: registryUrl(registry) })),
    }),
    ...(events !== undefined && { readEventTable: (projections) => reviewEventTable(events, projections) }),
  });
  for (const line of reportLines(report)) console.log(line);
  process.exitCode = isInOrder(report, registry === true || typeof registry === 'string') ? 0 : 1;
};

const registryUrl = (given: string | boolean | undefined): string => {
  if (typeof given === 'string') return given;
  const { env, stack } = readConfig();
  return viewStack(stack, env).addresses.registryUrl;
};

const register = async (): Promise<void> => {
  const { env, stack } = readConfig();
  const registered = await registerSchemas(viewStack(stack, env).addresses);
  const rows = registered.map(({ subject, id }) => [subject, String(id)]);
  console.log(table(['subject', 'id'], rows));
};
