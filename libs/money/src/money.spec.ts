import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponents } from './currencies.ts';
import { InvalidMoney, amountLimitMinor, currencyExponent, formatMoney, isCurrency, parseMoney } from './money.ts';

const faultOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidMoney) return error.code;
    throw error;
  }
  return undefined;
};

const currencyOf = { 0: 'JPY', 2: 'USD', 3: 'KWD', 4: 'CLF' } as const;

describe('money', () => {
  it.each([
    ['12.50', 'USD', 1250],
    ['12.5', 'USD', 1250],
    ['12', 'USD', 1200],
    ['0', 'USD', 0],
    ['0.01', 'USD', 1],
    ['1250', 'JPY', 1250],
    ['1.250', 'KWD', 1250],
    ['1.2345', 'CLF', 12_345],
    ['9999999999.99', 'USD', amountLimitMinor - 1],
    ['999999999999', 'JPY', amountLimitMinor - 1],
    ['90071992.54', 'USD', 9_007_199_254],
  ])('reads %s %s as %d minor units', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it.each(['', ' 1', '1 ', '-1', '+1', '1.', '.5', '01', '00', '1e3', '1,5', '0x10', '1.5.0', 'NaN', '١'])(
    'does not read %j',
    (text) => {
      expect(faultOf(() => parseMoney(text, 'USD'))).toBe('malformed');
    },
  );

  it.each([
    ['12.345', 'USD'],
    ['12.500', 'USD'],
    ['1250.0', 'JPY'],
    ['1.2500', 'KWD'],
  ])('refuses the decimals of %s %s', (text, currency) => {
    expect(faultOf(() => parseMoney(text, currency))).toBe('too_many_decimals');
  });

  it.each([
    ['10000000000', 'USD'],
    ['1000000000000', 'JPY'],
    ['9'.repeat(400), 'USD'],
  ])('refuses %s %s as too large', (text, currency) => {
    expect(faultOf(() => parseMoney(text, currency))).toBe('too_large');
  });

  it.each(['usd', 'XXX', 'XAU', 'XDR', 'ABC', '', 'toString'])('does not know %j as a currency', (currency) => {
    expect(isCurrency(currency)).toBe(false);
    expect(faultOf(() => currencyExponent(currency))).toBe('unknown_currency');
    expect(faultOf(() => parseMoney('1', currency))).toBe('unknown_currency');
    expect(faultOf(() => formatMoney(1, currency))).toBe('unknown_currency');
  });

  it.each([
    [0, 'USD', '0.00'],
    [5, 'USD', '0.05'],
    [1250, 'USD', '12.50'],
    [1250, 'JPY', '1250'],
    [1250, 'KWD', '1.250'],
    [7, 'CLF', '0.0007'],
    [-5, 'USD', '-0.05'],
    [Number.MAX_SAFE_INTEGER, 'USD', '90071992547409.91'],
  ])('writes %d minor units of %s as %s', (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
  });

  it.each([0.5, Number.NaN, 2 ** 53])('does not write %d', (minor) => {
    expect(faultOf(() => formatMoney(minor, 'USD'))).toBe('too_large');
  });

  it.each(Object.entries(currencyOf))('comes back the same with %s decimals', (exponent, currency) => {
    const decimals = Number(exponent);
    expect(currencyExponent(currency)).toBe(decimals);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: amountLimitMinor - 1 }), (minor) => {
        const text = formatMoney(minor, currency);
        expect(text.split('.')[1]?.length ?? 0).toBe(decimals);
        expect(parseMoney(text, currency)).toBe(minor);
      }),
    );
  });

  it('takes the decimals of the standard where Intl takes those of use', () => {
    expect(['HUF', 'IDR', 'TWD', 'UGX', 'IQD', 'UYW', 'MGA'].map(currencyExponent)).toEqual([2, 2, 2, 0, 3, 4, 2]);
  });

  it('knows every currency of the standard once', () => {
    const counts = [0, 2, 3, 4].map((decimals) => [...exponents.values()].filter((each) => each === decimals).length);
    expect(counts).toEqual([17, 142, 7, 2]);
    expect([...exponents.keys()].every((code) => /^[A-Z]{3}$/u.test(code))).toBe(true);
  });
});
