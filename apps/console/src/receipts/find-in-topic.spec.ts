import { partitionOf, type TopicRecord } from '@orderline/kafka';
import { describe, expect, it } from 'vitest';
import { findInTopic, type LookupReader } from './find-in-topic.ts';

const orderId = '019c1c2e-0000-7000-8000-000000000001';
const partition = partitionOf(orderId, 12);
const hour = 3_600_000;

type Lying = { readonly key?: string; readonly version: number; readonly at: number };

/** The log of the order's partition, `perChunk` records of it at a time, as the reader of the topic gives it. */
const readerOf = (lying: readonly Lying[], perChunk = 2) => {
  const records = lying.map(({ key = orderId, version, at }, offset): TopicRecord => ({
    ...{ partition, offset: BigInt(offset), key: Buffer.from(key), value: null, timestamp: at },
    headers: { 'event-version': String(version) },
  }));
  let read = 0;
  const reader: LookupReader = {
    logRanges: () =>
      Promise.resolve(new Map(Array.from({ length: 12 }, (_, at) => [at, { earliest: 0n, latest: 0n }]))),
    offsetAt: (of, timestamp) =>
      Promise.resolve(records.find((record) => of === partition && record.timestamp >= timestamp)?.offset),
    read: async function* ({ from } = {}) {
      const start = Number(from?.get(partition) ?? 0n);
      for (let at = start; at < records.length; at += perChunk) {
        const chunk = await Promise.resolve(records.slice(at, at + perChunk));
        read += chunk.length;
        yield chunk;
      }
    },
  };
  return { reader, recordsRead: () => read };
};

const other = (at: number): Lying => ({ key: 'another', version: 1, at });
const later = (): number => Date.now() + 60_000;

describe('looking an order up in the topic', () => {
  it('finds each version at its place, hours apart, without reading what lies between', async () => {
    const between = Array.from({ length: 100 }, (_, at) => other(hour + at));
    const { reader, recordsRead } = readerOf([
      { version: 1, at: 10 },
      ...between,
      { version: 2, at: 2 * hour },
      other(2 * hour + 1),
    ]);
    const wanted = [
      { version: 1, recordedAt: 10 },
      { version: 2, recordedAt: 2 * hour },
    ];
    const { found, isComplete } = await findInTopic(reader, orderId, { wanted, deadline: later() });
    expect(isComplete).toBe(true);
    expect([...found]).toEqual([
      [1, { partition, offset: 0, at: 10, copies: 1 }],
      [2, { partition, offset: 101, at: 2 * hour, copies: 1 }],
    ]);
    expect(recordsRead()).toBeLessThan(10);
  });

  it('finds one that was sent again far behind its time, and counts the copies that it meets', async () => {
    const lying = [
      { version: 1, at: 10 },
      { version: 3, at: 30 },
      ...Array.from({ length: 50 }, (_, at) => other(hour + at)),
      { version: 1, at: 10 },
      { version: 2, at: 20 },
      { version: 3, at: 30 },
    ];
    const { reader } = readerOf(lying, 60);
    const wanted = [1, 2, 3].map((version) => ({ version, recordedAt: version * 10 }));
    const { found } = await findInTopic(reader, orderId, { wanted, deadline: later() });
    expect(found.get(2)).toMatchObject({ offset: 53 });
    expect(found.get(3)).toMatchObject({ offset: 1, copies: 2 });
  });

  it('says that a version is not there, and reads the rest of the partition for it only once', async () => {
    const { reader, recordsRead } = readerOf([...Array.from({ length: 20 }, (_, at) => other(at)), other(hour)]);
    const wanted = [1, 2, 3].map((version) => ({ version, recordedAt: version }));
    expect(await findInTopic(reader, orderId, { wanted, deadline: later() })).toEqual({
      found: new Map(),
      isComplete: true,
    });
    expect(recordsRead()).toBeLessThanOrEqual(21);
  });

  it('says that it did not look everywhere when time runs out', async () => {
    const { reader } = readerOf(Array.from({ length: 20 }, (_, at) => other(at)));
    const lookup = await findInTopic(reader, orderId, { wanted: [{ version: 1, recordedAt: 0 }], deadline: 0 });
    expect(lookup.isComplete).toBe(false);
  });
});
