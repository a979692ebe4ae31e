import { createTopicReader, type TopicReader } from '@orderline/kafka';

/** Whether records arrive at a topic. */
export type TopicEnd = {
  /** Looks once more; a broker that does not answer changes nothing. */
  readonly look: () => Promise<void>;
  /** When the last record came, epoch milliseconds by this machine's clock; undefined before the first. */
  readonly lastAt: () => number | undefined;
  /** Ends of the log of all its partitions together, as of the last look that a broker answered. */
  readonly end: () => number | undefined;
  readonly close: () => Promise<void>;
};

type TopicEndOptions = { readonly brokers: readonly string[]; readonly topic: string };

/** A record that is found at the first look came when its timestamp says, all later ones when the end was seen to move. */
export const createTopicEnd = ({ brokers, topic }: TopicEndOptions): TopicEnd => {
  const reader = createTopicReader({ brokers, clientId: 'relay-supervisor', topic });
  let end: bigint | undefined;
  let lastAt: number | undefined;
  return {
    look: async () => {
      try {
        const ends = await endsOf(reader);
        const total = [...ends.values()].reduce((sum, one) => sum + one, 0n);
        if (end === undefined) lastAt = await lastTimestamp(reader, ends);
        else if (total !== end) lastAt = Date.now();
        end = total;
      } catch {
        return; // the silence shows in lastAt
      }
    },
    lastAt: () => lastAt,
    end: () => (end === undefined ? undefined : Number(end)),
    close: () => reader.close(),
  };
};

const endsOf = async (reader: TopicReader): Promise<Map<number, bigint>> => {
  const ranges = await reader.logRanges({ maxAgeMs: 0 });
  return new Map([...ranges].map(([partition, { latest }]) => [partition, latest]));
};

const lastTimestamp = async (reader: TopicReader, ends: Map<number, bigint>): Promise<number | undefined> => {
  const records = await Promise.all([...ends].map(([partition, end]) => reader.readRecord(partition, end - 1n)));
  const times = records.flatMap((record) => (record === undefined ? [] : [record.timestamp]));
  return times.length === 0 ? undefined : Math.min(Date.now(), Math.max(...times));
};
