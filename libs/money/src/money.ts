import { exponents } from './currencies.ts';

export type MoneyFault = 'malformed' | 'too_large' | 'too_many_decimals' | 'unknown_currency';

/** Text that is no amount of its currency. The message completes a sentence that begins with the field's name. */
export class InvalidMoney extends Error {
  override readonly name = 'InvalidMoney';
  readonly code: MoneyFault;

  constructor(code: MoneyFault, message: string) {
    super(message);
    this.code = code;
  }
}

/** Every amount and every total stays below this many minor units. */
export const amountLimitMinor = 10 ** 12;

const decimal = /^(0|[1-9]\d*)(?:\.(\d+))?$/u;

export const isCurrency = (code: string): boolean => exponents.has(code);

/** The decimals of a currency by ISO 4217. Throws InvalidMoney `unknown_currency`. */
export const currencyExponent = (currency: string): number => {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new InvalidMoney('unknown_currency', 'must be a currency code of ISO 4217');
  return exponent;
};

/**
 * Minor units (0 ≤ n < 10^12, exact: no floating point is involved) of a decimal text with at most the currency's
 * decimals: '12', '12.5' and '12.50' are 1250 in USD. Throws InvalidMoney for signs, exponents, spaces, leading zeros,
 * more decimals, more than the limit, or a currency that is none.
 */
export const parseMoney = (text: string, currency: string): number => {
  const exponent = currencyExponent(currency);
  const [, whole, decimals = ''] = decimal.exec(text) ?? [];
  if (whole === undefined) throw new InvalidMoney('malformed', 'must be a decimal amount such as "12.50"');
  if (decimals.length > exponent) {
    throw new InvalidMoney('too_many_decimals', `must have no more than ${exponent} decimals in ${currency}`);
  }
  const minor = Number(whole + decimals.padEnd(exponent, '0'));
  if (minor >= amountLimitMinor) throw new InvalidMoney('too_large', 'must be below 10^12 minor units');
  return minor;
};

/** The amount with exactly the currency's decimals. Takes any safe integer; throws InvalidMoney for an unknown currency. */
export const formatMoney = (minor: number, currency: string): string => {
  const exponent = currencyExponent(currency);
  if (!Number.isSafeInteger(minor)) throw new InvalidMoney('too_large', 'must be a safe integer of minor units');
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const sign = minor < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
};
