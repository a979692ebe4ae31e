import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { createScratchTopic, range, watch } from './scratch-topic.ts';

const passes = async (ms: number): Promise<void> => {
  const before = performance.now();
  await eventually(() => expect(performance.now() - before).toBeGreaterThan(ms), { withinMs: ms + 5_000 });
};

it('keeps its partitions while a handler takes twenty seconds, three times its session', async () => {
  const scratch = await createScratchTopic(4);
  await scratch.write(0, 200);
  const staleness: boolean[] = [];
  const watched = watch(scratch, {
    tuning: { maxRecords: 50 },
    onBatch: async (batch) => {
      if (staleness.length === 0) await passes(20_000);
      staleness.push(batch.isStale());
    },
  });
  await watched.consumer.start();
  await eventually(() => expect(watched.records().length).toBe(200), { withinMs: 40_000 });
  await scratch.write(1, 1);
  await eventually(() => expect(watched.records().length).toBe(201));
  expect(watched.assignments.length).toBe(1);
  expect(watched.offsetsOf(0)).toEqual(range(0, 200));
  expect(new Set(staleness)).toEqual(new Set([false]));
});

it('tells a handler that froze the whole process past its session that it is stale, and delivers again', async () => {
  const scratch = await createScratchTopic(2);
  await scratch.write(0, 5);
  const frozen = new Int32Array(new SharedArrayBuffer(4));
  const staleness: boolean[] = [];
  const watched = watch(scratch, {
    onBatch: (batch) => {
      if (staleness.length === 0) Atomics.wait(frozen, 0, 0, 8_000);
      staleness.push(batch.isStale());
      return Promise.resolve();
    },
  });
  await watched.consumer.start();
  await eventually(() => expect(watched.offsetsOf(0)).toEqual([...range(0, 5), ...range(0, 5)]), { withinMs: 30_000 });
  expect(staleness).toEqual([true, false]);
  expect(watched.crashes).toEqual([]);
});
