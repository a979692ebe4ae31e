import { describe, expect, it } from 'vitest';
import type { Piece } from './hand.ts';
import { Hand } from './hand.ts';
import type { TopicRecord } from './topic-record.ts';

const record = (partition: number, offset: bigint, value = 'x'): TopicRecord => ({
  partition,
  offset,
  key: null,
  value: Buffer.from(value),
  headers: {},
  timestamp: 0,
});

/** Records at every offset of [from, next), unless told which. */
const piece = (partition: number, from: bigint, next: bigint, offsets?: readonly bigint[]): Piece => ({
  partition,
  from,
  next,
  records: (offsets ?? Array.from({ length: Number(next - from) }, (_, i) => from + BigInt(i))).map((offset) =>
    record(partition, offset),
  ),
});

const handOf = (positions: Record<number, bigint>, limits = { maxRecords: 100, maxBytes: 1_000 }): Hand => {
  const hand = new Hand(limits);
  hand.assign(new Map(Object.entries(positions).map(([partition, next]) => [Number(partition), next])));
  return hand;
};

const taken = (hand: Hand): string[] =>
  (hand.take()?.records ?? []).map(({ partition, offset }) => `${partition}:${offset}`);

describe('a hand of fetched records', () => {
  it('gives all that waits of all partitions at once', () => {
    const hand = handOf({ 0: 5n, 1: 0n, 2: 9n });
    hand.offer(piece(0, 5n, 7n));
    hand.offer(piece(1, 0n, 1n));
    hand.offer(piece(0, 7n, 8n));
    const handful = hand.take();
    expect(handful?.records.length).toBe(4);
    expect(handful?.records.filter(({ partition }) => partition === 0).map(({ offset }) => offset)).toEqual([
      5n,
      6n,
      7n,
    ]);
    expect(handful?.stretches).toEqual(
      new Map([
        [0, { from: 5n, next: 8n }],
        [1, { from: 0n, next: 1n }],
      ]),
    );
    expect(hand.take()).toBeUndefined();
  });

  it('takes nothing from elsewhere than the offset expected', () => {
    const hand = handOf({ 0: 5n });
    expect(hand.offer(piece(0, 6n, 8n))).toEqual({ misplaced: 5n });
    expect(hand.offer(piece(0, 4n, 8n))).toEqual({ misplaced: 5n });
    expect(hand.offer(piece(0, 5n, 8n))).toBe('taken');
    expect(hand.offer(piece(0, 5n, 8n))).toEqual({ misplaced: 8n });
    expect(hand.offer(piece(3, 0n, 1n))).toBe('not_assigned');
    expect(taken(hand)).toEqual(['0:5', '0:6', '0:7']);
  });

  it('forgets all of an assignment that has ended', () => {
    const hand = handOf({ 0: 0n });
    hand.offer(piece(0, 0n, 3n));
    hand.assign(new Map([[0, 1n]]));
    expect(hand.take()).toBeUndefined();
    expect(hand.positions()).toEqual(new Map([[0, 1n]]));
  });

  it('cuts a piece at the limit and goes on with the rest', () => {
    const hand = handOf({ 0: 0n }, { maxRecords: 3, maxBytes: 1_000 });
    // offsets 2 and 3 are control records
    hand.offer(piece(0, 0n, 8n, [0n, 1n, 4n, 5n, 6n]));
    const first = hand.take();
    expect(first?.stretches).toEqual(new Map([[0, { from: 0n, next: 5n }]]));
    expect(taken(hand)).toEqual(['0:5', '0:6']);
  });

  it('lets every partition have its turn when one of them could fill every batch', () => {
    const hand = handOf({ 0: 0n, 1: 0n }, { maxRecords: 2, maxBytes: 1_000 });
    hand.offer(piece(0, 0n, 9n));
    hand.offer(piece(1, 0n, 9n));
    const partitions = [taken(hand), taken(hand)].flat().map((name) => name.split(':')[0]);
    expect(new Set(partitions)).toEqual(new Set(['0', '1']));
  });

  it('stops at the limit of bytes', () => {
    const hand = handOf({ 0: 0n, 1: 0n }, { maxRecords: 100, maxBytes: 2 });
    hand.offer(piece(0, 0n, 2n));
    hand.offer(piece(1, 0n, 2n));
    expect(taken(hand).length).toBe(2);
    expect(taken(hand).length).toBe(2);
  });

  it('is full while as much waits as one batch may hold', () => {
    const hand = handOf({ 0: 0n }, { maxRecords: 4, maxBytes: 1_000 });
    hand.offer(piece(0, 0n, 3n));
    expect(hand.isFull).toBe(false);
    hand.offer(piece(0, 3n, 6n));
    expect(hand.isFull).toBe(true);
    hand.take();
    expect(hand.isFull).toBe(false);
  });

  it('moves a position only when what was taken is handled', () => {
    const hand = handOf({ 0: 0n });
    hand.offer(piece(0, 0n, 3n));
    expect(hand.positions()).toEqual(new Map([[0, 0n]]));
    const handful = hand.take();
    expect(hand.positions()).toEqual(new Map([[0, 0n]]));
    hand.handled(handful!);
    expect(hand.positions()).toEqual(new Map([[0, 3n]]));
  });

  it('hands on control records as a stretch, so that whoever keeps the position sees no gap and no rest', () => {
    const hand = handOf({ 0: 3n });
    hand.offer(piece(0, 3n, 5n, []));
    hand.offer(piece(0, 5n, 7n));
    const handful = hand.take();
    expect(handful?.stretches).toEqual(new Map([[0, { from: 3n, next: 7n }]]));
    hand.handled(handful!);
    hand.offer(piece(0, 7n, 8n, []));
    expect(hand.take()).toEqual({ records: [], stretches: new Map([[0, { from: 7n, next: 8n }]]) });
  });

  it('keeps order and completeness whatever comes in whatever pieces', () => {
    const hand = handOf({ 0: 0n, 1: 0n, 2: 0n }, { maxRecords: 7, maxBytes: 1_000 });
    const next = [0n, 0n, 0n];
    const seen: bigint[][] = [[], [], []];
    let seed = 1;
    const chance = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 500; round += 1) {
      const partition = chance(3);
      const until = next[partition]! + BigInt(1 + chance(5));
      hand.offer(piece(partition, next[partition]!, until));
      next[partition] = until;
      if (chance(2) === 0) for (const taken of hand.take()?.records ?? []) seen[taken.partition]!.push(taken.offset);
    }
    for (let handful = hand.take(); handful !== undefined; handful = hand.take()) {
      for (const { partition, offset } of handful.records) seen[partition]!.push(offset);
    }
    for (const partition of [0, 1, 2]) {
      expect(seen[partition]).toEqual(Array.from({ length: Number(next[partition]) }, (_, i) => BigInt(i)));
    }
  });
});
