import { randomUUID } from 'node:crypto';
import { topicName } from '@orderline/contracts';
import { createKafka, createTopicReader, type TopicRecord } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import type { Message } from 'kafkajs';
import { expect, inject } from 'vitest';
import { query } from '../query.ts';
import type { SourceEdit } from './plant.ts';

export type TroubledTopic = {
  /** Makes a projector read this topic instead of the real one, some hundred records at a time. */
  readonly edits: readonly SourceEdit[];
  /** Orders whose second event comes after all others. */
  readonly late: readonly string[];
  /** Orders that stay parked until somebody looks, each with the reason and with how many records behind it. */
  readonly stuck: readonly { readonly orderId: string; readonly reason: RegExp; readonly waiting: number }[];
  /** Resolves when every generation of a projector has taken in all of it. */
  takenIn(databaseUrl: string): Promise<void>;
  remove(): Promise<void>;
};

const PARTITIONS = 12;
const LATE = 6;
const REPEATED = 100;

/** Every event of the real topic once, by order, in the sequence of versions. Records that nobody can read are left out. */
const readOrders = async (): Promise<TopicRecord[][]> => {
  const reader = createTopicReader({ brokers: inject('stack').kafkaBrokers, clientId: 'copyist', topic: topicName });
  const events = new Map<string, TopicRecord>();
  const keep = (record: TopicRecord): void => {
    const eventId = record.headers['ce_id'];
    if (eventId !== undefined && !events.has(eventId)) events.set(eventId, record);
  };
  for await (const chunk of reader.read()) chunk.forEach(keep);
  await reader.close();
  return [...Map.groupBy(events.values(), ({ headers }) => headers['ce_subject']).values()];
};

/** The same event under another id. */
const underAnotherId = (record: TopicRecord): TopicRecord => {
  const { ce_id: eventId = '' } = record.headers;
  const other = eventId.slice(0, -12) + randomUUID().slice(-12);
  const value = Buffer.from(record.value?.toString('latin1').replace(eventId, other) ?? '', 'latin1');
  return { ...record, value, headers: { ...record.headers, ce_id: other } };
};

const unreadable = ({ key, partition, offset, timestamp }: TopicRecord): TopicRecord => ({
  key,
  partition,
  offset,
  timestamp,
  value: Buffer.from('garbage'),
  headers: {},
});

const asMessage = ({ key, value, headers, timestamp, partition }: TopicRecord): Message => ({
  key,
  value,
  headers: { ...headers },
  timestamp: String(timestamp),
  partition,
});

type Trouble = Pick<TroubledTopic, 'late' | 'stuck'> & { readonly records: readonly TopicRecord[] };

const withTrouble = (orders: readonly TopicRecord[][]): Trouble => {
  const [divergent = [], poisoned = [], ...others] = orders.filter(({ length }) => length >= 4);
  const late = others.slice(0, LATE);
  expect(late.length, 'orders with four events or more').toBe(LATE);
  const sequences = orders.map((events) => {
    const [first, second] = events;
    if (first === undefined || second === undefined) return events;
    if (events === divergent) return [first, second, underAnotherId(second), ...events.slice(2)];
    if (events === poisoned) return [first, unreadable(first), ...events.slice(1)];
    return late.includes(events) ? [first, ...events.slice(2), second] : events;
  });
  const untroubled = orders.filter((events) => ![divergent, poisoned, ...late].includes(events));
  const idOf = (events: readonly TopicRecord[]): string => events[0]?.headers['ce_subject'] ?? '';
  return {
    records: [...sequences, ...untroubled.slice(0, REPEATED)].flat(),
    late: late.map(idOf),
    stuck: [
      { orderId: idOf(divergent), reason: /was applied as event/u, waiting: divergent.length - 2 },
      { orderId: idOf(poisoned), reason: /cannot be read/u, waiting: poisoned.length - 1 },
    ],
  };
};

/**
 * A topic with every event of the real one, and with all the trouble that a projector has to stand: orders that come twice,
 * events that come late, another event at a version that was there, a record that nobody can read amid an order.
 */
export const troubledTopic = async (): Promise<TroubledTopic> => {
  const topic = `troubled-${randomUUID()}`;
  const { records, late, stuck } = withTrouble(await readOrders());
  const kafka = createKafka({ brokers: inject('stack').kafkaBrokers, clientId: 'troublemaker' });
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = ['retention.ms', 'retention.bytes'].map((name) => ({ name, value: '-1' }));
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS, configEntries }], waitForLeaders: false });
  await eventually(() => admin.fetchTopicMetadata({ topics: [topic] }));
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: records.map(asMessage) });
  await producer.disconnect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, high]));
  return {
    late,
    stuck,
    edits: [
      { file: 'libs/projector-host/src/order-topic.ts', find: 'topic: topicName', replace: `topic: '${topic}'` },
      {
        file: 'libs/kafka/src/create-topic-consumer.ts',
        find: '...options.tuning',
        replace: '...options.tuning, maxRecords: 200',
      },
    ],
    takenIn: (databaseUrl) =>
      eventually(
        async () => {
          const sql = 'SELECT partition, min(next_offset) AS next FROM projection_checkpoint GROUP BY 1';
          const rows = await query<{ partition: number; next: string }>(databaseUrl, sql);
          expect(new Map(rows.map(({ partition, next }) => [partition, next]))).toEqual(ends);
        },
        { withinMs: 30_000, everyMs: 50 },
      ),
    remove: async () => {
      await admin.deleteTopics({ topics: [topic] });
      await admin.disconnect();
    },
  };
};
