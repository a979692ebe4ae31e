import { expect, it } from 'vitest';
import { formatMoney } from './money.ts';

it.each([
  [1_250, 'USD', '12.50'],
  [5, 'EUR', '0.05'],
  [0, 'USD', '0.00'],
  [1_250, 'JPY', '1250'],
  [1_250, 'KWD', '1.250'],
  [-1_205, 'USD', '-12.05'],
  [999_999_999_999, 'USD', '9999999999.99'],
])('writes %i minor units of %s as %s', (minor, currency, text) => {
  expect(formatMoney(minor, currency)).toBe(text);
});
