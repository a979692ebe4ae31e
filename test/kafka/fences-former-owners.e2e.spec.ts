import type { TopicBatch } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import { expect, it } from 'vitest';
import { createScratchTopic, range, watch } from './scratch-topic.ts';

it('makes a stalled batch stale when its partitions go to another, and drops what waited behind it', async () => {
  const scratch = await createScratchTopic(2);
  for (const partition of [0, 1]) await scratch.write(partition, 40);
  const effects: bigint[][] = [[], []];
  const checkpoint = (partitions: readonly number[]): Promise<Map<number, bigint>> =>
    Promise.resolve(new Map(partitions.map((partition) => [partition, BigInt(effects[partition]!.length)])));
  const apply = (batch: TopicBatch): void => {
    for (const { partition, offset } of batch.records) effects[partition]!.push(offset);
  };
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  let stalled: TopicBatch | undefined;
  const first = watch(scratch, {
    onAssigned: checkpoint,
    tuning: { maxRecords: 10 },
    onBatch: async (batch) => {
      stalled ??= batch;
      if (stalled === batch) await gate;
      if (!batch.isStale()) apply(batch);
    },
  });
  await first.consumer.start();
  await eventually(() => expect(stalled).toBeDefined());
  expect(stalled!.isStale()).toBe(false);

  const second = watch(scratch, {
    onAssigned: checkpoint,
    onBatch: (batch) => {
      if (!batch.isStale()) apply(batch);
      return Promise.resolve();
    },
  });
  await second.consumer.start();
  await eventually(() => expect(second.assignments.at(-1)?.length).toBe(1), { withinMs: 20_000 });
  expect(stalled!.isStale()).toBe(true);
  expect(first.revocations.length).toBeGreaterThan(0);
  expect(first.batches.length).toBe(1);
  letGo();

  await eventually(() => expect(effects.map((offsets) => offsets.length)).toEqual([40, 40]), { withinMs: 20_000 });
  expect(effects).toEqual([range(0, 40), range(0, 40)]);
  const owned = second.assignments.at(-1)![0]!;
  expect(
    first.batches
      .slice(1)
      .flatMap((batch) => batch.records)
      .some(({ partition }) => partition === owned),
  ).toBe(false);
});

it('hands partitions over and back as members come and go, without loss or disorder', async () => {
  const scratch = await createScratchTopic(6);
  const effects: bigint[][] = Array.from({ length: 6 }, () => []);
  const member = () =>
    watch(scratch, {
      onAssigned: (partitions) =>
        Promise.resolve(new Map(partitions.map((partition) => [partition, BigInt(effects[partition]!.length)]))),
      onBatch: (batch) => {
        // one process stands for the database here: the effect is refused, as there, unless it follows the last one
        if (batch.isStale()) return Promise.resolve();
        for (const { partition, offset } of batch.records) {
          if (BigInt(effects[partition]!.length) === offset) effects[partition]!.push(offset);
        }
        return Promise.resolve();
      },
    });
  const first = member();
  await first.consumer.start();
  const others = [member(), member()];
  for (let round = 0; round < 3; round += 1) {
    for (let partition = 0; partition < 6; partition += 1) await scratch.write(partition, 30, round * 30);
    if (round < 2) await others[round]!.consumer.start();
  }
  await eventually(() => expect(effects.map(({ length }) => length)).toEqual(Array(6).fill(90)), { withinMs: 60_000 });
  for (const { consumer } of others) await consumer.stop();
  for (let partition = 0; partition < 6; partition += 1) await scratch.write(partition, 10, 90);
  await eventually(() => expect(effects.map(({ length }) => length)).toEqual(Array(6).fill(100)), {
    withinMs: 30_000,
  });
  for (const offsets of effects) expect(offsets).toEqual(range(0, 100));
});
