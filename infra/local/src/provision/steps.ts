import { answers } from '../postgres/start-postgres.ts';
import { applyRoles } from '../postgres/apply-roles.ts';
import { httpReady } from '../parts/http-ready.ts';
import { waitUntil } from '../processes/wait-until.ts';
import type { Addresses } from '../stack/addresses.ts';
import type { StackApp } from '../stack/apps.ts';
import type { Step } from '../stack/run-steps.ts';
import { createDatabases } from './databases.ts';
import { migrateDatabases } from './migrations.ts';
import { startRelay } from './relay.ts';
import { registerSchemas } from './schemas.ts';
import { brokerAnswers, createTopics } from './topics.ts';

export type Steps = Record<string, Step>;

/** Everything between servers that run and apps that can: each may be done again at any time. */
export const provisionSteps = (addresses: Addresses, apps: readonly StackApp[]): Steps => ({
  databases: {
    title: 'Roles and databases',
    after: ['postgres'],
    run: async () => {
      await applyRoles(addresses.adminUrl);
      await createDatabases(addresses.adminUrl);
      return undefined;
    },
  },
  migrations: {
    title: 'Migrations',
    after: ['databases'],
    run: async () => counted(await migrateDatabases(addresses, apps), 'applied'),
  },
  topics: {
    title: 'Topics',
    after: ['kafka'],
    run: async () => counted(await createTopics(addresses.kafkaBrokers), 'made'),
  },
  schemas: {
    title: 'Schemas',
    after: ['registry', 'migrations'],
    run: async () => counted(await registerSchemas(addresses), 'registered'),
  },
  relay: {
    title: 'Relay',
    after: ['connect', 'topics', 'migrations'],
    run: async (signal) => {
      return (await startRelay(addresses, signal)) === 'running' ? 'running' : 'lost: npm run orderline -- relay heal';
    },
  },
});

/** Waits for servers that somebody else runs. */
export const waitSteps = (addresses: Addresses, after: readonly string[]): Steps => {
  const waitFor = (title: string, where: string, isReady: () => Promise<boolean>): Step => ({
    title,
    after,
    run: async (signal) => {
      if (await waitUntil(isReady, { withinMs: 120_000, everyMs: 250, signal })) return where;
      throw new Error(`${title} did not answer at ${where} within 120 s`);
    },
  });
  const { host } = new URL(addresses.adminUrl);
  return {
    postgres: waitFor('PostgreSQL', host, () => answers(addresses.adminUrl)),
    kafka: waitFor('Kafka', addresses.kafkaBrokers.join(','), () => brokerAnswers(addresses.kafkaBrokers)),
    registry: waitFor('Schema registry', addresses.registryUrl, () => httpReady(`${addresses.registryUrl}/subjects`)),
    connect: waitFor('Kafka Connect', addresses.connectUrl, () => httpReady(`${addresses.connectUrl}/connectors`)),
  };
};

const counted = (done: readonly unknown[], word: string): string => `${done.length} ${word}`;
