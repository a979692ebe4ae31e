import { createDecoder, topicName } from '@orderline/contracts';
import { createRegistryClient, createTopicReader } from '@orderline/kafka';
import { databaseUrl, viewStack } from '@orderline/local-stack';
import { createPool } from '@orderline/postgres';
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { recoverEvents } from '../recover/recover-events.ts';

export const recover = (program: Command): void => {
  program
    .command('recover')
    .description(
      'after a restore to an earlier moment: bring back into the event table what the topic knows; first stop order-command',
    )
    .option('--dry-run', 'say what would be brought back')
    .action(run);
};

const run = async ({ dryRun = false }: { dryRun?: boolean }): Promise<void> => {
  const { env, stack } = readConfig();
  const { addresses } = viewStack(stack, env);
  const registry = createRegistryClient({ url: addresses.registryUrl });
  const reader = createTopicReader({
    brokers: addresses.kafkaBrokers,
    clientId: 'orderline-recover',
    topic: topicName,
  });
  const ordersUrl = databaseUrl(addresses, 'orders', 'orders_owner');
  const pool = createPool({ databaseUrl: ordersUrl, applicationName: 'orderline recover', max: 2 });
  try {
    const decoder = createDecoder((id) => registry.schemaById(id));
    const { orders, events, unplaced } = await recoverEvents({ pool, chunks: reader.read(), decoder, dryRun });
    console.log(`${events} events of ${orders} orders ${dryRun ? 'would be' : 'were'} brought back from the topic.`);
    if (unplaced > 0) {
      console.error(`${unplaced} records have no version before them, neither stored nor on the topic before them.`);
      process.exitCode = 1;
    }
  } finally {
    await Promise.all([reader.close(), pool.end()]);
  }
};
