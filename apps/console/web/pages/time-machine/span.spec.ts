import { describe, expect, it } from 'vitest';
import { spanOf, within } from './span.ts';

const now = Date.UTC(2026, 0, 15, 12, 0, 0, 750);

describe('the span that the time machine shows', () => {
  it('ends now, not in the future, and begins so many minutes before', () => {
    expect(spanOf(15, now)).toEqual({ from: '2026-01-15T11:45:00.000Z', to: '2026-01-15T12:00:00.000Z' });
  });

  it('keeps what was picked inside of it', () => {
    const span = spanOf(15, now);
    expect(within(span, now + 60_000)).toBe(span.to);
    expect(within(span, 0)).toBe(span.from);
    expect(within(span, Date.UTC(2026, 0, 15, 11, 50) + 0.4)).toBe('2026-01-15T11:50:00.000Z');
  });
});
