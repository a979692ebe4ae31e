import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { amountField, idField, orderIdField, textField } from './request-fields.ts';

const takes = (field: z.ZodType, value: unknown): boolean => field.safeParse(value).success;

describe('fields of requests', () => {
  it('take ids of 1 to 64 plain characters', () => {
    expect(['a', 'A-z_0.9:x', 'x'.repeat(64)].map((id) => takes(idField, id))).toEqual([true, true, true]);
    expect(['', 'a b', 'ä', 'x'.repeat(65), 'a\n', 7].some((id) => takes(idField, id))).toBe(false);
  });

  it('count text in characters, not in code units', () => {
    expect(takes(textField(3), '🍜🍜🍜')).toBe(true);
    expect(takes(textField(3), '🍜🍜🍜🍜')).toBe(false);
    expect(takes(textField(3), 'abcd')).toBe(false);
  });

  it('refuse text that is blank or that no database can hold', () => {
    expect(['', ' \t\n', 'a\0b', 'a\ud800'].some((text) => takes(textField(10), text))).toBe(false);
    expect(takes(textField(10), ' a\nb ')).toBe(true);
  });

  it.each(['-1', '+1', '1e3', '1,5', '.5', '1.', '', ' 1', '0x1', 'NaN', '00', '01', '9'.repeat(40), 12.5, null])(
    'refuse the amount %j',
    (amount) => expect(takes(amountField, amount)).toBe(false),
  );

  it('take order ids in lower case only', () => {
    expect(takes(orderIdField, '0197f3c2-5b1e-7c5d-8a44-2f1d3c5b7a90')).toBe(true);
    expect(takes(orderIdField, '0197F3C2-5B1E-7C5D-8A44-2F1D3C5B7A90')).toBe(false);
    expect(takes(orderIdField, '0197f3c25b1e7c5d8a442f1d3c5b7a90')).toBe(false);
  });
});
