import { describe, expect, it } from 'vitest';
import { assertTopicFit } from './assert-topic-fit.ts';
import type { TopicFacts } from './topic-facts.ts';

const sound: TopicFacts = {
  clusterId: 'c',
  topic: 'orders',
  partitionCount: 2,
  cleanupPolicy: 'delete',
  retentionMs: -1n,
  retentionBytes: -1n,
  ranges: new Map([
    [0, { earliest: 0n, latest: 10n }],
    [1, { earliest: 5n, latest: 5n }],
  ]),
};
const at = (partition: number, position: bigint) => ({ positions: new Map([[partition, position]]) });

describe('a topic to be read from a checkpoint', () => {
  it('is fit when it keeps everything and holds the positions, its end included', () => {
    assertTopicFit(sound, { partitionCount: 2, ...at(0, 10n) });
    assertTopicFit(sound, at(1, 5n));
  });

  it.each([
    ['compacted', { cleanupPolicy: 'compact' }, 'topic_not_kept', 'cleanup.policy=delete'],
    ['compacted too', { cleanupPolicy: 'compact,delete' }, 'topic_not_kept', 'cleanup.policy=delete'],
    ['forgetting by age', { retentionMs: 604_800_000n }, 'topic_not_kept', 'Set both to -1'],
    ['forgetting by size', { retentionBytes: 1n }, 'topic_not_kept', 'Set both to -1'],
    ['wider than before', { partitionCount: 3 }, 'partition_count_changed', 'has 3 partitions, not 2'],
  ])('is refused when %s', (_, wrong, code, advice) => {
    const judge = () => assertTopicFit({ ...sound, ...wrong }, { partitionCount: 2 });
    expect(judge).toThrow(expect.objectContaining({ code, retriable: false }) as Error);
    expect(judge).toThrow(advice);
  });

  it.each([
    ['past its end', at(0, 11n)],
    ['before its beginning', at(1, 4n)],
    ['in a partition that is not there', at(7, 0n)],
  ])('is refused when the checkpoint is %s', (_, expected) => {
    expect(() => assertTopicFit(sound, expected)).toThrow(
      expect.objectContaining({ code: 'offset_outside_log' }) as Error,
    );
    expect(() => assertTopicFit(sound, expected)).toThrow('rebuild the read model');
  });
});
