import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Delivery } from './delivery.ts';
import { Hand } from './hand.ts';
import type { TopicBatch } from './topic-batch.ts';
import type { TopicRecord } from './topic-record.ts';

const records = (partition: number, from: bigint, count: number): TopicRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    partition,
    offset: from + BigInt(i),
    key: null,
    value: null,
    headers: {},
    timestamp: 0,
  }));

type Call = { batch: TopicBatch; resolve: () => void; reject: (error: Error) => void };

const setUp = (maxRecords = 100) => {
  const hand = new Hand({ maxRecords, maxBytes: 1_000_000 });
  const calls: Call[] = [];
  const seen: string[] = [];
  const state = { lease: true };
  const delivery = new Delivery({
    hand,
    isLeaseHeld: () => state.lease,
    onBatch: (batch) => new Promise((resolve, reject) => calls.push({ batch, resolve, reject })),
    onHandled: () => seen.push('handled'),
    onUncertain: () => seen.push('uncertain'),
    onFailed: () => {
      seen.push('failed');
      delivery.close();
    },
  });
  const fetched = (partition: number, from: bigint, count: number) =>
    delivery.offer({ partition, from, next: from + BigInt(count), records: records(partition, from, count) });
  return { hand, delivery, calls, seen, state, fetched };
};

const positions = (...next: bigint[]) => new Map(next.map((offset, partition) => [partition, offset]));

describe('delivery', () => {
  it('puts all partitions of one fetch answer into one batch', async () => {
    const { delivery, calls, fetched } = setUp();
    delivery.open(positions(0n, 0n, 0n));
    for (const partition of [0, 1, 2]) fetched(partition, 0n, 2);
    await turn();
    expect(calls.length).toBe(1);
    expect(calls[0]?.batch.records.length).toBe(6);
  });

  it('does not wait for partitions that have nothing', async () => {
    const { delivery, calls, fetched } = setUp();
    delivery.open(positions(0n, 0n));
    fetched(1, 0n, 1);
    await Promise.resolve();
    expect(calls[0]?.batch.records.length).toBe(1);
  });

  it('hands out one batch at a time and gathers meanwhile', async () => {
    const { delivery, calls, seen, fetched } = setUp();
    delivery.open(positions(0n, 0n));
    fetched(0, 0n, 1);
    await turn();
    fetched(0, 1n, 2);
    fetched(1, 0n, 3);
    await turn();
    expect(calls.length).toBe(1);
    calls[0]?.resolve();
    await turn();
    expect(calls[1]?.batch.records.length).toBe(5);
    expect(seen).toEqual(['handled']);
  });

  it('hands on a stretch without records, so that a checkpoint can follow it', async () => {
    const { delivery, hand, calls } = setUp();
    delivery.open(positions(4n));
    delivery.offer({ partition: 0, from: 4n, next: 6n, records: [] });
    await turn();
    expect(calls[0]?.batch).toMatchObject({ records: [], stretches: new Map([[0, { from: 4n, next: 6n }]]) });
    calls[0]?.resolve();
    await turn();
    expect(hand.positions().get(0)).toBe(6n);
  });

  it('moves positions only after the batch', async () => {
    const { delivery, hand, calls, fetched } = setUp();
    delivery.open(positions(0n));
    fetched(0, 0n, 4);
    await turn();
    expect(hand.positions().get(0)).toBe(0n);
    calls[0]?.resolve();
    await turn();
    expect(hand.positions().get(0)).toBe(4n);
  });

  it('makes the batch in flight stale when the assignment ends, and drops what waited', async () => {
    const { delivery, hand, calls, seen, fetched } = setUp();
    delivery.open(positions(0n));
    fetched(0, 0n, 1);
    await turn();
    fetched(0, 1n, 1);
    expect(calls[0]?.batch.isStale()).toBe(false);
    delivery.close();
    expect(calls[0]?.batch.isStale()).toBe(true);
    calls[0]?.resolve();
    await delivery.settled();
    delivery.open(positions(0n));
    await turn();
    expect(seen).toEqual([]);
    expect(calls.length).toBe(1);
    expect(hand.positions().get(0)).toBe(0n);
  });

  it('calls what a batch did uncertain once it was told that it is stale, even if it resolves', async () => {
    const { delivery, calls, seen, state, fetched } = setUp();
    delivery.open(positions(0n));
    fetched(0, 0n, 1);
    await turn();
    state.lease = false;
    expect(calls[0]?.batch.isStale()).toBe(true);
    state.lease = true;
    expect(calls[0]?.batch.isStale()).toBe(true);
    calls[0]?.resolve();
    await turn();
    expect(seen).toEqual(['uncertain']);
  });

  it('hands out nothing while membership is in doubt, and goes on when it is confirmed', async () => {
    const { delivery, calls, state, fetched } = setUp();
    delivery.open(positions(0n));
    state.lease = false;
    fetched(0, 0n, 1);
    await turn();
    expect(calls.length).toBe(0);
    state.lease = true;
    delivery.wake();
    await turn();
    expect(calls.length).toBe(1);
  });

  it('hands out nothing after a batch was rejected', async () => {
    const { delivery, calls, seen, fetched } = setUp();
    delivery.open(positions(0n));
    fetched(0, 0n, 1);
    await turn();
    fetched(0, 1n, 1);
    calls[0]?.reject(new Error('disk full'));
    await turn();
    expect(seen).toEqual(['failed']);
    expect(calls.length).toBe(1);
  });

  it('drains: the batch in flight still counts, the next is not begun', async () => {
    const { delivery, hand, calls, fetched } = setUp();
    delivery.open(positions(0n));
    fetched(0, 0n, 1);
    await turn();
    fetched(0, 1n, 1);
    const drained = delivery.drain();
    calls[0]?.resolve();
    await drained;
    await turn();
    expect(calls.length).toBe(1);
    expect(hand.positions().get(0)).toBe(1n);
  });

  it('holds fetching back while full and lets it go on as soon as a batch is taken', async () => {
    const { delivery, calls, fetched } = setUp(2);
    delivery.open(positions(0n));
    fetched(0, 0n, 2);
    await turn();
    fetched(0, 2n, 2);
    expect(delivery.isFull).toBe(true);
    const room = delivery.room(60_000);
    calls[0]?.resolve();
    await room;
    expect(delivery.isFull).toBe(false);
  });
});
