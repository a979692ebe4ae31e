import { InvalidMoney, parseMoney } from '@orderline/money';
import { invalidRequest } from '@orderline/service-host';

type Amount = { text: string; currency: string; path: string };

/** Minor units of a request's amount once its currency is known, which is the order's. Throws 400 naming `path`. */
export const amountMinor = ({ text, currency, path }: Amount): number => {
  try {
    return parseMoney(text, currency);
  } catch (error) {
    if (error instanceof InvalidMoney) throw invalidRequest([{ path, message: error.message }]);
    throw error;
  }
};

/** As `amountMinor`, for payments and refunds: zero is refused. */
export const positiveAmountMinor = (amount: Amount): number => {
  const minor = amountMinor(amount);
  if (minor === 0) throw invalidRequest([{ path: amount.path, message: 'must be above zero' }]);
  return minor;
};
