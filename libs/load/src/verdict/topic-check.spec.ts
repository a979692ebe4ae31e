import { expect, it } from 'vitest';
import { PromisedOnTopic } from './topic-check.ts';

const read = (promised: Record<string, number>, records: readonly (readonly [string, number])[]) => {
  const onTopic = new PromisedOnTopic(new Map(Object.entries(promised)));
  for (const [orderId, version] of records) onTopic.add(orderId, version);
  return onTopic.end();
};

it('finds nothing where every promised version is there in order, whatever others wrote', () => {
  const records = [
    ['a', 1],
    ['other', 7],
    ['b', 1],
    ['a', 2],
  ] as const;
  expect(read({ a: 2, b: 1 }, records)).toEqual({ records: 3, repeated: 0, faults: [] });
});

it('names the first version that is missing, at the end and as a whole', () => {
  expect(read({ a: 2, b: 1 }, [['a', 1]]).faults).toMatchObject([
    { kind: 'lost', orderId: 'a', version: 2 },
    { kind: 'lost', orderId: 'b', version: 1 },
  ]);
});

it('names a version that came before the one below it: a reader that refuses gaps gets stuck there', () => {
  expect(
    read({ a: 3 }, [
      ['a', 1],
      ['a', 3],
      ['a', 2],
    ]).faults,
  ).toMatchObject([
    { kind: 'lost', orderId: 'a', version: 3 },
    { kind: 'outOfOrder', orderId: 'a', version: 3 },
  ]);
});

it('counts repeats, which are harmless', () => {
  expect(
    read({ a: 2 }, [
      ['a', 1],
      ['a', 1],
      ['a', 2],
      ['a', 1],
    ]),
  ).toEqual({ records: 4, repeated: 2, faults: [] });
});
