import { topicName } from '@orderline/contracts';
import { createTopicReader, isKafkaError, type TopicReader } from '@orderline/kafka';
import { PartAway } from '../upstream/part-away.ts';

/** The topic of the orders, read without a group. Everything throws `PartAway` where no broker answers. */
export type Topic = {
  readonly brokers: string;
  /** The ends of all partitions together. */
  end(): Promise<bigint>;
  /** Runs `work` with the reader. */
  read<T>(work: (reader: TopicReader) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export const createTopic = (brokers: readonly string[]): Topic => {
  const reader = createTopicReader({ brokers, clientId: 'orderline-console', topic: topicName });
  const advice = `No broker answers at ${brokers.join(', ')}. Look at its log and start it again.`;
  let awaySince: number | undefined;
  const read = async <T>(work: (reader: TopicReader) => Promise<T>): Promise<T> => {
    try {
      const answer = await work(reader);
      awaySince = undefined;
      return answer;
    } catch (error) {
      if (!isKafkaError(error)) throw error;
      awaySince ??= Date.now();
      const since = new Date(awaySince).toISOString();
      throw new PartAway(
        { part: 'Kafka', since, advice: error.code === 'broker_unavailable' ? advice : error.message },
        error,
      );
    }
  };
  return {
    brokers: brokers.join(','),
    end: () => read(async (of) => sum([...(await of.logRanges()).values()].map(({ latest }) => latest))),
    read,
    close: () => reader.close(),
  };
};

const sum = (offsets: readonly bigint[]): bigint => offsets.reduce((total, offset) => total + offset, 0n);
