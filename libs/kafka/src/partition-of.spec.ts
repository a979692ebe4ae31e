import { describe, expect, it } from 'vitest';
import { partitionOf } from './partition-of.ts';

describe('partition of a key', () => {
  // The hashes are those of Kafka's own UtilsTest.testMurmur2.
  it.each([
    ['abc', 479_470_107],
    ['21', -973_932_308],
    ['foobar', -790_332_482],
    ['a-little-bit-long-string', -985_981_536],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
  ])("puts %s where Kafka's clients put it", (key, murmur2) => {
    const positive = murmur2 & 0x7fffffff;
    for (const count of [1, 3, 12]) {
      expect(partitionOf(key, count)).toBe(positive % count);
      expect(partitionOf(Buffer.from(key), count)).toBe(positive % count);
    }
  });
});
