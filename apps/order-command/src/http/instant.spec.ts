import { describe, expect, it } from 'vitest';
import { formatInstant, instantField } from './instant.ts';

describe('an instant', () => {
  it.each([
    ['2026-01-15T14:12:00Z', '2026-01-15T14:12:00.000Z'],
    ['2026-01-15T14:12:00.1239Z', '2026-01-15T14:12:00.123Z'],
    ['2026-01-15T14:12:00+02:00', '2026-01-15T12:12:00.000Z'],
    ['2026-01-15T14:12:00 02:00', '2026-01-15T12:12:00.000Z'],
    ['2026-01-15T14:12:00-05:30', '2026-01-15T19:42:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(formatInstant(instantField.parse(text))).toBe(instant);
  });

  it.each(['2026-01-15', '2026-01-15T14:12:00', '2026-02-30T00:00:00Z', 'now', '1768486320000', ''])(
    'is not %j',
    (text) => {
      expect(instantField.safeParse(text).success).toBe(false);
    },
  );

  it('refuses what its offset carries out of the years that RFC 3339 can write in UTC', () => {
    for (const text of ['0000-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01']) {
      expect(instantField.safeParse(text).success).toBe(false);
    }
    expect(formatInstant(instantField.parse('0000-01-01T00:00:00Z'))).toBe('0000-01-01T00:00:00.000Z');
  });
});
