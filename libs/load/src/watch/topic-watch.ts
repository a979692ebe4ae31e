import { randomUUID } from 'node:crypto';
import { topicName } from '@orderline/contracts';
import { createTopicConsumer } from '@orderline/kafka';
import { Latency } from '../traffic/latency.ts';

/** How long records take to come, seen by a consumer as anybody else's. */
export type TopicWatch = {
  /** From the instant an event was recorded until its record was in the hands of the consumer. */
  readonly delay: Latency;
  /** Epoch milliseconds at which the newest record seen was recorded. */
  readonly newestAt: () => number;
  readonly stop: () => Promise<void>;
};

/** Follows the topic from its present end. It looks at timestamps only, so that it costs little. */
export const watchTopic = async (
  brokers: readonly string[],
  onTrouble: (what: string) => void,
): Promise<TopicWatch> => {
  const delay = new Latency();
  let newestAt = Date.now();
  const consumer = createTopicConsumer({
    brokers,
    clientId: 'orderline-load',
    groupId: `orderline-load-${randomUUID()}`,
    topic: topicName,
    onAssigned: (partitions, { ranges }) =>
      Promise.resolve(new Map(partitions.map((partition) => [partition, ranges.get(partition)?.latest ?? 0n]))),
    onBatch: ({ records }) => {
      const now = Date.now();
      for (const { timestamp } of records) {
        delay.record(now - timestamp);
        newestAt = Math.max(newestAt, timestamp);
      }
      return Promise.resolve();
    },
    onCrash: (error) => onTrouble(`records are not measured any more: ${error.message}`),
  });
  await consumer.start();
  return { delay, newestAt: () => newestAt, stop: () => consumer.stop() };
};
