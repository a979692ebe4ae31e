import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { createScratchTopic, range, watch } from './scratch-topic.ts';

it('delivers nothing from elsewhere than the offsets given at assignment, whatever the group had committed', async () => {
  const scratch = await createScratchTopic(3);
  for (const partition of [0, 1, 2]) await scratch.write(partition, 20);
  const before = watch(scratch);
  await before.consumer.start();
  await eventually(() => expect(before.records().length).toBe(60));
  await before.consumer.stop();
  const from = new Map([
    [0, 10n],
    [1, 20n],
  ]);
  const watched = watch(scratch, { from });
  await watched.consumer.start();
  await eventually(() => expect(watched.records().length).toBe(30));
  await scratch.write(1, 1, 20);
  await eventually(() => expect(watched.records().length).toBe(31));
  expect(watched.offsetsOf(0)).toEqual(range(10, 20));
  expect(watched.offsetsOf(1)).toEqual([20n]);
  expect(watched.offsetsOf(2)).toEqual(range(0, 20));
});

it('delivers nothing while the checkpoint is being looked up, and keeps its membership meanwhile', async () => {
  const scratch = await createScratchTopic(2);
  await scratch.write(0, 5);
  let answer: (positions: Map<number, bigint>) => void = () => undefined;
  const watched = watch(scratch, { onAssigned: () => new Promise((resolve) => (answer = resolve)) });
  await watched.consumer.start();
  const before = performance.now();
  await eventually(() => expect(performance.now() - before).toBeGreaterThan(8_000), { withinMs: 10_000 });
  expect(watched.batches).toEqual([]);
  answer(new Map([[0, 3n]]));
  await eventually(() => expect(watched.offsetsOf(0)).toEqual([3n, 4n]));
  expect(watched.assignments.length).toBe(1);
});

it('asks for the checkpoint again and goes back to it when told to reposition', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 10);
  let checkpoint = 6n;
  const watched = watch(scratch, { onAssigned: () => Promise.resolve(new Map([[0, checkpoint]])) });
  await watched.consumer.start();
  await eventually(() => expect(watched.offsetsOf(0)).toEqual(range(6, 10)));
  checkpoint = 2n;
  watched.consumer.reposition();
  await eventually(() => expect(watched.offsetsOf(0)).toEqual([...range(6, 10), ...range(2, 10)]));
  expect(watched.assignments.length).toBe(2);
});

it('begins at the first record kept when there is no checkpoint', async () => {
  const scratch = await createScratchTopic(1);
  await scratch.write(0, 10);
  await scratch.truncateBefore(4);
  const watched = watch(scratch);
  await watched.consumer.start();
  await eventually(() => expect(watched.offsetsOf(0)).toEqual(range(4, 10)));
});
