const decimals = new Map<string, number>();

/** Minor units as a decimal with exactly the currency's decimals: 1250 USD is "12.50", 1250 JPY is "1250". */
export const formatMoney = (minor: number, currency: string): string => {
  const places = decimalsOf(currency);
  if (places === 0) return String(minor);
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

const decimalsOf = (currency: string): number => {
  let places = decimals.get(currency);
  if (places === undefined) {
    places = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(currency, places);
  }
  return places;
};
