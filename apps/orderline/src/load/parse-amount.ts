const thousands: Readonly<Record<string, number>> = { '': 1, k: 1e3, M: 1e6, G: 1e9 };
const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600 };

/** `1160`, `2.5k`, `10M`. Throws, naming the option, on what is no number above 0. */
export const parseCount = (option: string, text: string): number =>
  parse(option, text, { units: thousands, like: '10M' });

/** Seconds: `90`, `90s`, `10m`, `1.5h`. Throws, naming the option, on what is no time. */
export const parseSeconds = (option: string, text: string): number =>
  parse(option, text, { units: seconds, like: '10m' });

type Expected = { readonly units: Readonly<Record<string, number>>; readonly like: string };

const parse = (option: string, text: string, { units, like }: Expected): number => {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]?)$/u.exec(text.replaceAll(/[,_]/gu, '')) ?? [];
  const factor = units[unit];
  if (number === '' || factor === undefined) throw new Error(`${option} is something like ${like}, not ${text}`);
  return Number(number) * factor;
};
