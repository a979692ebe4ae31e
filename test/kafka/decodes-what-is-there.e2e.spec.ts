import { randomUUID } from 'node:crypto';
import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { createScratchTopic, openProducer, range, watch } from './scratch-topic.ts';

it.each(['uncompressed', 'gzip', 'zstd', 'lz4', 'snappy'])(
  'reads a topic that the broker keeps as %s',
  async (codec) => {
    const scratch = await createScratchTopic(1, { 'compression.type': codec });
    const text = (i: number): string => `order ${i} ${'was confirmed, '.repeat(i % 90)}${randomUUID()}`;
    const values = Array.from({ length: 2_000 }, (_, i) => text(i));
    for (let first = 0; first < values.length; first += 500) {
      await scratch.send(
        0,
        values.slice(first, first + 500).map((value) => ({ key: 'key', value })),
      );
    }
    const watched = watch(scratch);
    await watched.consumer.start();
    await eventually(() => expect(watched.records().length).toBe(values.length));
    expect(watched.records().map(({ value }) => value?.toString())).toEqual(values);
  },
);

it('hands on keys, headers, times and null values as they are', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.send(0, [
    { key: 'a', value: 'x', timestamp: '1767225600123', headers: { ce_id: '1', twice: ['first', 'last'] } },
    { key: 'a', value: null },
    { value: Buffer.alloc(0) },
  ]);
  const watched = watch(scratch);
  await watched.consumer.start();
  await eventually(() => expect(watched.records().length).toBe(3));
  const [full, tombstone, empty] = watched.records();
  expect(full).toMatchObject({ partition: 0, offset: 0n, timestamp: 1_767_225_600_123 });
  expect(full?.headers).toEqual({ ce_id: '1', twice: 'last' });
  expect(full?.key?.toString()).toBe('a');
  expect(tombstone?.value).toBeNull();
  expect(empty?.key).toBeNull();
  expect(empty?.value?.length).toBe(0);
});

it('passes over aborted transactions and control records, wherever a fetch ends', async () => {
  const scratch = await createScratchTopic(1);
  const producer = await openProducer(`transactional-${scratch.topic}`);
  const transact = async (values: string[], commit: boolean): Promise<void> => {
    const transaction = await producer.transaction();
    for (const value of values) {
      await transaction.send({ topic: scratch.topic, messages: [{ partition: 0, key: 'k', value }] });
    }
    await (commit ? transaction.commit() : transaction.abort());
  };
  const watched = watch(scratch, { tuning: { fetchBytesPerPartition: 1, fetchBytes: 1 } });
  await watched.consumer.start();
  await transact(['a', 'b'], true);
  await transact(['no', 'never'], false);
  await transact(['c'], true);
  await transact(['nor', 'this'], false);
  await eventually(() => expect(watched.records().map(({ value }) => value?.toString())).toEqual(['a', 'b', 'c']));
  const end = async (): Promise<bigint | undefined> =>
    (await watched.consumer.reader.logRanges({ maxAgeMs: 0 })).get(0)?.latest;
  await eventually(async () => expect(watched.consumer.positions().get(0)).toBe(await end()));
  expect(await end()).toBe(11n);

  const again = watch(scratch, { groupId: `again-${scratch.topic}`, from: new Map([[0, 3n]]) });
  await again.consumer.start();
  await eventually(() => expect(again.offsetsOf(0)).toEqual([6n]));
  await transact(['d'], true);
  await eventually(() => expect(again.offsetsOf(0)).toEqual([6n, 11n]));
  expect(range(0, 2)).toEqual(watched.offsetsOf(0).slice(0, 2));
});
