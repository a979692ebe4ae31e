import { createTopicReader, type TopicReader } from '@orderline/kafka';
import { expect, it, onTestFinished } from 'vitest';
import { createScratchTopic, openProducer, range, type ScratchTopic } from './scratch-topic.ts';

const readerOf = ({ brokers, topic }: ScratchTopic): TopicReader => {
  const reader = createTopicReader({ brokers, clientId: 'spec', topic });
  onTestFinished(() => reader.close());
  return reader;
};

it('tells what a topic is', async () => {
  const scratch = await createScratchTopic(2);
  await scratch.write(1, 5);
  const facts = await readerOf(scratch).facts();
  expect(facts).toMatchObject({
    topic: scratch.topic,
    partitionCount: 2,
    cleanupPolicy: 'delete',
    retentionMs: -1n,
    retentionBytes: -1n,
  });
  expect(facts.clusterId).toMatch(/.+/u);
  expect(facts.ranges).toEqual(
    new Map([
      [0, { earliest: 0n, latest: 0n }],
      [1, { earliest: 0n, latest: 5n }],
    ]),
  );
});

it('finds one record by its offset, and tells when there is none', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 100);
  const producer = await openProducer(`transactional-${scratch.topic}`);
  const transaction = await producer.transaction();
  await transaction.send({ topic: scratch.topic, messages: [{ partition: 0, value: 'no' }] });
  await transaction.abort();
  const reader = readerOf(scratch);
  expect((await reader.readRecord(0, 57n))?.value?.toString()).toBe('value-57');
  for (const offset of [-1n, 100n, 101n, 102n, 9_999n]) expect(await reader.readRecord(0, offset)).toBeUndefined();
});

it('finds the first record of a time or later, and tells when there is none', async () => {
  const scratch = await createScratchTopic(2);
  const begin = Date.UTC(2026, 0, 15);
  for (const [partition, minutes] of [
    [0, [0, 10, 20, 30]],
    [1, [40]],
  ] as const) {
    const messages = minutes.map((minute) => ({ value: 'x', timestamp: String(begin + minute * 60_000) }));
    for (const message of messages) await scratch.send(partition, [message]);
  }
  const reader = readerOf(scratch);
  const offsetsAt = (minutes: readonly number[]): Promise<(bigint | undefined)[]> =>
    Promise.all(minutes.map((minute) => reader.offsetAt(0, begin + minute * 60_000)));
  expect(await offsetsAt([-1, 0, 1, 10, 29, 30, 31])).toEqual([0n, 0n, 1n, 1n, 3n, 3n, undefined]);
});

it('reads from and to given offsets of given partitions, all of it by default, and leaves no group behind', async () => {
  const scratch = await createScratchTopic(3);
  for (const partition of [0, 1, 2]) await scratch.write(partition, 5_000);
  const reader = readerOf(scratch);
  const offsets = new Map<number, bigint[]>();
  for await (const chunk of reader.read()) {
    for (const { partition, offset } of chunk) offsets.set(partition, [...(offsets.get(partition) ?? []), offset]);
  }
  for (const partition of [0, 1, 2]) expect(offsets.get(partition)).toEqual(range(0, 5_000));

  const some: bigint[] = [];
  const within = { partitions: [1], from: new Map([[1, 4_990n]]), to: new Map([[1, 4_995n]]) };
  for await (const chunk of reader.read(within)) some.push(...chunk.map(({ offset }) => offset));
  expect(some).toEqual(range(4_990, 4_995));

  const { groups } = await scratch.admin.listGroups();
  expect(groups.filter(({ groupId }) => groupId.includes(scratch.topic))).toEqual([]);
});

it('says that the topic is missing, and that no broker answers', async () => {
  const scratch = await createScratchTopic(1);
  await expect(readerOf({ ...scratch, topic: 'not-there' }).logRanges()).rejects.toMatchObject({
    code: 'topic_missing',
  });
  await expect(readerOf({ ...scratch, brokers: ['127.0.0.1:1'] }).logRanges()).rejects.toMatchObject({
    code: 'broker_unavailable',
    retriable: true,
  });
});
