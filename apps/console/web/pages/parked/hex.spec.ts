import { describe, expect, it } from 'vitest';
import { hexOf } from './hex.ts';

describe('bytes of a record', () => {
  it('are shown with their offset, in hex, and as text where they are text', () => {
    const record = btoa(`\u0000\u0000\u0000\u0000\u0007Margherita, two`);
    expect(hexOf(record).split('\n')).toEqual([
      '000000  00 00 00 00 07 4d 61 72 67 68 65 72 69 74 61 2c  .....Margherita,',
      `000010  20 74 77 6f${' '.repeat(36)}   two`,
    ]);
  });

  it('may be none', () => expect(hexOf('')).toBe('no bytes'));
});
