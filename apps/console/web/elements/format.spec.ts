import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatMillis,
  formatRate,
  formatValue,
  inWords,
  shortId,
} from './format.ts';

describe('figures', () => {
  it('are a dash where they are not known, and zero where they are zero', () => {
    expect([
      formatCount(null),
      formatRate(null),
      formatDuration(null),
      formatBytes(null),
      formatMillis(undefined),
    ]).toEqual(Array.from({ length: 5 }, () => '–'));
    expect([formatCount(0), formatRate(0), formatDuration(0), formatBytes(0)]).toEqual(['0', '0/s', '0 ms', '0 B']);
  });

  it.each([
    [0.0341, '34 ms'],
    [1.25, '1.3 s'],
    [61, '1 min 1 s'],
    [119.7, '1 min 59 s'],
    [7_260, '2 h 1 min'],
    [86_400, '1 day'],
    [172_800, '2 days'],
  ])('%f seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [512, '512 B'],
    [1_536, '1.5 KiB'],
    [5 * 1_024 ** 3, '5 GiB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it('has decimals of a rate only where they say something', () => {
    expect([formatRate(12.34), formatRate(1_160.4)]).toEqual(['12.3/s', '1,160/s']);
  });
});

describe('times and names', () => {
  it('writes an instant as the timeline does, to the millisecond', () => {
    expect(formatInstant('2026-01-15T14:05:00.120Z')).toBe('2026-01-15 14:05:00.120');
  });

  it('says how long ago something was', () => {
    const now = '2026-01-15T14:05:00.000Z';
    expect(formatAge('2026-01-15T14:04:30.000Z', now)).toBe('30 s ago');
    expect(formatAge('2026-01-15T14:02:10.000Z', now)).toBe('2 min ago');
    expect(formatAge('2026-01-15T12:59:59.000Z', now)).toBe('1 h ago');
    expect(formatAge('2026-01-12T14:05:00.000Z', now)).toBe('3 days ago');
    expect(formatAge('2026-01-15T14:05:00.900Z', now)).toBe('just now');
  });

  it('keeps the end of an id, which tells ids of one hour apart', () => {
    expect(shortId('019a1b2c-0000-7000-8000-00000000beef')).toBe('019a1b2c…00beef');
    expect(shortId('r-7')).toBe('r-7');
  });

  it('writes names as words', () => {
    expect([inWords('OutForDelivery'), inWords('mark-ready'), inWords('caught_up')]).toEqual([
      'Out for delivery',
      'Mark ready',
      'Caught up',
    ]);
  });

  it('shows text as it is and the rest as JSON', () => {
    expect([formatValue('a'), formatValue(null), formatValue({ a: 1 }), formatValue(undefined)]).toEqual([
      'a',
      'null',
      '{"a":1}',
      '–',
    ]);
  });
});
