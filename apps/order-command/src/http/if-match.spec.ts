import { describe, expect, it } from 'vitest';
import { ifMatchField, isExpected } from './if-match.ts';

const matches = (header: string, version: number): boolean => isExpected(ifMatchField.parse(header), version);

describe('If-Match', () => {
  it('means that version, any of a list, or that the order exists', () => {
    expect([matches('"3"', 3), matches('"3"', 4)]).toEqual([true, false]);
    expect([matches('"1" , "3","5"', 3), matches('"1", "5"', 3)]).toEqual([true, false]);
    expect([matches('*', 1), matches('*', 99)]).toEqual([true, true]);
  });

  it('compares strongly and as text', () => {
    expect([matches('W/"3"', 3), matches('W/"3", "3"', 3), matches('"03"', 3), matches('""', 0)]).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });

  it.each(['3', '"3', '"3" "4"', '', '*, "3"', '"3",', 'w/"3"'])('refuses %j, which is no tag', (header) => {
    expect(ifMatchField.safeParse(header).success).toBe(false);
  });
});
