import { readFileSync } from 'node:fs';
import { createKafka } from '@orderline/kafka';
import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';

export type Topic = {
  readonly name: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
};

/** The topics of infra/kafka/topics.json: nothing makes any other, automatic creation is off. */
export const declaredTopics = (): readonly Topic[] => {
  const file = readFileSync(new URL('../../../kafka/topics.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { topics: Topic[] }).topics;
};

/**
 * Makes the declared topics that are missing and sets the settings of those that are there.
 * Throws when one has another number of partitions: orders would change partition and lose their order.
 */
export const createTopics = (brokers: readonly string[], replicationFactor = 1): Promise<string[]> =>
  withAdmin(brokers, async (admin) => {
    const present = new Set(await admin.listTopics());
    const missing = declaredTopics().filter(({ name }) => !present.has(name));
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(({ name, partitions, config }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor,
          configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
        })),
      });
    }
    await bringUpToDate(
      admin,
      declaredTopics().filter(({ name }) => present.has(name)),
    );
    return missing.map(({ name }) => name);
  });

const bringUpToDate = async (admin: Admin, topics: readonly Topic[]): Promise<void> => {
  if (topics.length === 0) return;
  const { topics: found } = await admin.fetchTopicMetadata({ topics: topics.map(({ name }) => name) });
  for (const { name, partitions } of topics) {
    const actual = found.find((topic) => topic.name === name)?.partitions.length;
    if (actual !== partitions)
      throw new Error(`topic ${name} has ${String(actual)} partitions, ${partitions} are declared`);
  }
  await admin.alterConfigs({
    validateOnly: false,
    resources: topics.map(({ name, config }) => ({
      type: kafkajs.ConfigResourceTypes.TOPIC,
      name,
      configEntries: Object.entries(config).map(([key, value]) => ({ name: key, value })),
    })),
  });
};

/** Whether a broker answers that it is a member of a cluster with a controller. */
export const brokerAnswers = async (brokers: readonly string[]): Promise<boolean> => {
  try {
    return await withAdmin(brokers, async (admin) => (await admin.describeCluster()).brokers.length > 0);
  } catch {
    return false;
  }
};

const withAdmin = async <Answer>(
  brokers: readonly string[],
  ask: (admin: Admin) => Promise<Answer>,
): Promise<Answer> => {
  const admin = createKafka({ brokers, clientId: 'orderline-provision' }).admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
};
