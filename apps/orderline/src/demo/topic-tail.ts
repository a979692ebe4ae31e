import { randomUUID } from 'node:crypto';
import { createTopicConsumer, type TopicRecord } from '@orderline/kafka';
import { topicName } from '@orderline/contracts';

type Version = { orderId: string; version: number };

/** Follows the topic from its present end. `awaitVersion` resolves true once that record was read, false after 30 s. */
export type TopicTail = { awaitVersion: (wanted: Version) => Promise<boolean>; stop: () => Promise<void> };

export const startTopicTail = async (brokers: string[]): Promise<TopicTail> => {
  const newest = new Map<string, number>();
  const waiting = new Map<string, { version: number; seen: () => void }[]>();

  const see = ({ key, headers }: TopicRecord): void => {
    const orderId = key?.toString() ?? '';
    const version = Number(headers['event-version']);
    newest.set(orderId, Math.max(newest.get(orderId) ?? 0, version));
    const still = (waiting.get(orderId) ?? []).filter((wait) => {
      if (wait.version <= version) wait.seen();
      return wait.version > version;
    });
    if (still.length > 0) waiting.set(orderId, still);
    else waiting.delete(orderId);
  };

  const consumer = createTopicConsumer({
    brokers,
    clientId: 'orderline-demo',
    groupId: `orderline-demo-${randomUUID()}`,
    topic: topicName,
    onAssigned: (partitions, facts) =>
      Promise.resolve(new Map(partitions.map((partition) => [partition, facts.ranges.get(partition)?.latest ?? 0n]))),
    onBatch: (batch) => {
      for (const record of batch.records) see(record);
      return Promise.resolve();
    },
    onCrash: (error) => console.error(error.message),
  });
  await consumer.start();

  return {
    awaitVersion: ({ orderId, version }) =>
      new Promise((resolve) => {
        if ((newest.get(orderId) ?? 0) >= version) {
          resolve(true);
          return;
        }
        const timer = setTimeout(() => resolve(false), 30_000);
        const seen = (): void => {
          clearTimeout(timer);
          resolve(true);
        };
        waiting.set(orderId, [...(waiting.get(orderId) ?? []), { version, seen }]);
      }),
    stop: () => consumer.stop(),
  };
};
