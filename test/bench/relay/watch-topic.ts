import { randomUUID } from 'node:crypto';
import { createTopicConsumer, createTopicReader, type KafkaOptions } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import { epochNow } from './append-steadily.ts';
import { benchTopic, type RelayServers } from './outbox-shard.ts';

export type WatchedTopic = {
  /** When a consumer had each record (epoch ms), by the id of its event, since the last call of `forget`. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** Resolves when so many have come. */
  arrived(records: number): Promise<void>;
  forget(): void;
  stop(): Promise<void>;
};

/** A consumer as anybody's, from the end of the topic on. */
export const watchTopic = async ({ kafkaBrokers }: RelayServers): Promise<WatchedTopic> => {
  const arrivals = new Map<string, number>();
  const consumer = createTopicConsumer({
    ...asReader(kafkaBrokers),
    groupId: randomUUID(),
    topic: benchTopic,
    onAssigned: (_, { ranges }) =>
      Promise.resolve(new Map([...ranges].map(([partition, { latest }]) => [partition, latest]))),
    onBatch: ({ records }) => {
      const now = epochNow();
      for (const { headers } of records) arrivals.set(headers['ce_id'] ?? '', now);
      return Promise.resolve();
    },
    onCrash: (error) => {
      throw error;
    },
  });
  await consumer.start();
  await eventually(() => {
    if (consumer.positions().size === 0) throw new Error('no partition has been assigned');
  });
  return {
    arrivals,
    arrived: (records) =>
      eventually(
        () => {
          if (arrivals.size < records) throw new Error(`${arrivals.size} of ${records} records have come`);
        },
        { withinMs: 120_000, everyMs: 5 },
      ),
    forget: () => arrivals.clear(),
    stop: () => consumer.stop(),
  };
};

/** Records that the topic holds. */
export const recordsOnTopic = async ({ kafkaBrokers }: RelayServers): Promise<number> => {
  const reader = createTopicReader({ ...asReader(kafkaBrokers), topic: benchTopic });
  try {
    const ranges = [...(await reader.logRanges()).values()];
    return ranges.reduce((all, { earliest, latest }) => all + Number(latest - earliest), 0);
  } finally {
    await reader.close();
  }
};

const asReader = (brokers: readonly string[]): KafkaOptions => ({ brokers, clientId: 'relay bench' });
