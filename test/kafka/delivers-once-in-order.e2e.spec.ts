import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { createScratchTopic, range, watch } from './scratch-topic.ts';

const partitions = Array.from({ length: 12 }, (_, partition) => partition);

it('delivers every record of every partition once per assignment, in order, however fetches are cut', async () => {
  const scratch = await createScratchTopic();
  for (const partition of partitions) await scratch.write(partition, 300);
  const watched = watch(scratch, {
    tuning: { maxRecords: 250, fetchBytesPerPartition: 2_000, fetchBytes: 9_000 },
  });
  await watched.consumer.start();
  for (const partition of partitions) await scratch.write(partition, 100, 300);
  await eventually(() => expect(watched.records().length).toBe(12 * 400));
  for (const partition of partitions) {
    expect(watched.offsetsOf(partition)).toEqual(range(0, 400));
    const stretches = watched.batches.flatMap((batch) => batch.stretches.get(partition) ?? []);
    expect(stretches.slice(1).map(({ from }) => from)).toEqual(stretches.slice(0, -1).map(({ next }) => next));
  }
  expect(Math.max(...watched.batches.map((batch) => batch.records.length))).toBeLessThanOrEqual(250);
  expect(watched.consumer.positions()).toEqual(new Map(partitions.map((partition) => [partition, 400n])));
});

it('puts what all partitions have into one batch', async () => {
  const scratch = await createScratchTopic();
  for (const partition of partitions) await scratch.write(partition, 50);
  const watched = watch(scratch);
  await watched.consumer.start();
  await eventually(() => expect(watched.records().length).toBe(600));
  expect(watched.batches.length).toBeLessThanOrEqual(3);
});

it('hands a lone record on at once', async () => {
  const scratch = await createScratchTopic();
  const arrivals: number[] = [];
  const watched = watch(scratch, { onBatch: () => Promise.resolve(void arrivals.push(performance.now())) });
  await watched.consumer.start();
  await eventually(() => expect(watched.consumer.status).toBe('consuming'));
  const waits: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    await scratch.write(i % 12, 1);
    const acknowledged = performance.now();
    await eventually(() => expect(arrivals.length).toBe(i + 1), { everyMs: 1 });
    waits.push(arrivals[i]! - acknowledged);
  }
  expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(25);
});

it('fetches on while a batch is being handled, and no further than one batch ahead', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 1);
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const watched = watch(scratch, { onBatch: () => gate, tuning: { maxRecords: 100, fetchBytesPerPartition: 1_000 } });
  await watched.consumer.start();
  await eventually(() => expect(watched.batches.length).toBe(1));
  await scratch.write(0, 1_000, 1);
  const before = performance.now();
  await eventually(() => expect(performance.now() - before).toBeGreaterThan(1_000));
  letGo();
  await eventually(() => expect(watched.records().length).toBe(1_001));
  expect(watched.batches[1]!.records.length).toBe(100);
  expect(watched.offsetsOf(0)).toEqual(range(0, 1_001));
});

it('tells the group its offsets, for lag tools, while running and when it stops', async () => {
  const scratch = await createScratchTopic(2);
  await scratch.write(0, 7);
  const watched = watch(scratch);
  await watched.consumer.start();
  const committed = async (): Promise<string[]> => {
    const [topic] = await scratch.admin.fetchOffsets({ groupId: scratch.groupId, topics: [scratch.topic] });
    return (topic?.partitions ?? []).sort((a, b) => a.partition - b.partition).map(({ offset }) => offset);
  };
  await eventually(async () => expect((await committed())[0]).toBe('7'));
  await scratch.write(1, 3);
  await eventually(() => expect(watched.records().length).toBe(10));
  await watched.consumer.stop();
  expect(await committed()).toEqual(['7', '3']);
});

it('finishes the batch in flight when stopped and begins no other', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 10);
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const watched = watch(scratch, { onBatch: () => gate, tuning: { maxRecords: 4 } });
  await watched.consumer.start();
  await eventually(() => expect(watched.batches.length).toBe(1));
  const stopped = watched.consumer.stop();
  letGo();
  await stopped;
  expect(watched.offsetsOf(0)).toEqual(range(0, 4));
  expect(watched.batches[0]!.isStale()).toBe(true);

  const next = watch(scratch, { from: new Map([[0, 4n]]) });
  await next.consumer.start();
  await eventually(() => expect(next.offsetsOf(0)).toEqual(range(4, 10)));
});
