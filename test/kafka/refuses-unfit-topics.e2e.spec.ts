import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { createScratchTopic, watch } from './scratch-topic.ts';

it.each([
  ['is compacted', { 'cleanup.policy': 'compact' }],
  ['is compacted and deleted', { 'cleanup.policy': 'compact,delete' }],
  ['forgets by age', { 'retention.ms': '86400000' }],
  ['forgets by size', { 'retention.bytes': '1000000' }],
])('refuses to start on a topic that %s, and says what to do', async (_, config) => {
  const { consumer } = watch(await createScratchTopic(2, config));
  const start = consumer.start();
  await expect(start).rejects.toMatchObject({ code: 'topic_not_kept', retriable: false });
  await expect(start).rejects.toThrow(/Set (both to -1|cleanup\.policy=delete)/u);
  expect(consumer.status).toBe('crashed');
});

it('refuses to start on a topic of another partition count, and on one that is not there', async () => {
  const scratch = await createScratchTopic(3);
  await expect(watch(scratch, { partitionCount: 2 }).consumer.start()).rejects.toMatchObject({
    code: 'partition_count_changed',
  });
  const missing = watch({ ...scratch, topic: `${scratch.topic}-not` });
  await expect(missing.consumer.start()).rejects.toMatchObject({ code: 'topic_missing' });
});

it('stops for good when partitions are added while it runs', async () => {
  const scratch = await createScratchTopic(2);
  const watched = watch(scratch, { partitionCount: 2 });
  await watched.consumer.start();
  await scratch.admin.createPartitions({ topicPartitions: [{ topic: scratch.topic, count: 3 }] });
  watched.consumer.reposition();
  await eventually(() => expect(watched.crashes).toMatchObject([{ code: 'partition_count_changed' }]));
});

it.each([
  ['after the end of the log', 11n],
  ['before its first record', 3n],
])('stops for good when the checkpoint is %s', async (_, position) => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 10);
  await scratch.truncateBefore(4);
  const watched = watch(scratch, { from: new Map([[0, position]]) });
  await watched.consumer.start();
  await eventually(() => expect(watched.crashes).toMatchObject([{ code: 'offset_outside_log', retriable: false }]));
  expect(watched.crashes[0]?.message).toMatch(/holds 4 to 10.*rebuild the read model/u);
  expect(watched.batches).toEqual([]);
});

it('stops for good, instead of jumping, when records it has not read are deleted under it', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 10);
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const watched = watch(scratch, { onBatch: () => gate, tuning: { maxRecords: 1, fetchBytesPerPartition: 1 } });
  await watched.consumer.start();
  await eventually(() => expect(watched.batches.length).toBe(1));
  for (let i = 0; i < 20; i += 1) await scratch.write(0, 1, 10 + i);
  await scratch.truncateBefore(29);
  letGo();
  await eventually(() => expect(watched.crashes).toMatchObject([{ code: 'offset_outside_log' }]), {
    withinMs: 30_000,
  });
  expect(watched.offsetsOf(0)).not.toContain(29n);
});

it('stops for good when a handler rejects, and delivers nothing after it', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 10);
  const watched = watch(scratch, { onBatch: () => Promise.reject(new Error('disk full')), tuning: { maxRecords: 3 } });
  await watched.consumer.start();
  await eventually(() => expect(watched.crashes).toMatchObject([{ code: 'handler_failed' }]));
  expect(watched.crashes[0]?.cause).toMatchObject({ message: 'disk full' });
  expect(watched.batches.length).toBe(1);
});
