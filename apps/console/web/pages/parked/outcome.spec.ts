import { describe, expect, it } from 'vitest';
import type { Released } from '../../../src/shapes.ts';
import { outcomeOf } from './outcome.ts';

const released = (dryRun: boolean, ...counts: [applied: number, duplicates: number, parked: number][]): Released => ({
  orderId: 'o',
  dryRun,
  released: counts.map(([applied, duplicates, parked], generation) => ({
    app: 'analytics',
    projection: 'revenue',
    generation,
    applied,
    duplicates,
    parked,
  })),
  away: [],
});

describe('what a retry or discard came to', () => {
  it.each([
    [released(false, [3, 0, 0]), '3 records applied; nothing stays parked.'],
    [released(true, [1, 0, 0], [0, 0, 2]), '1 record would be applied; still parked: 2 records.'],
    [released(false, [0, 1, 1]), '0 records applied, 1 record known already; still parked: 1 record.'],
  ])('is one sentence', (told, sentence) => expect(outcomeOf(told)).toBe(sentence));
});
