export { InvalidMoney, amountLimitMinor, currencyExponent, formatMoney, isCurrency, parseMoney } from './money.ts';
export type { MoneyFault } from './money.ts';
