import { httpCall } from '../../http-call.ts';

/** The write side's answer about an order, as far as read models are compared with it. */
export type WrittenOrder = {
  orderId: string;
  version: number;
  status: string;
  customerId: string;
  restaurantId: string;
  currency: string;
  total: string;
  paid: string;
  refunded: string;
  items: { quantity: number }[];
  createdAt: string;
  updatedAt: string;
};

export type Version = { orderId: string; version: number; customerId: string; restaurantId: string };

/** How the demo asks one projection: is a version visible, and is what it shows what was written? */
export type ReadModel = {
  projection: string;
  /** Waits for the version across Kafka, as any reader can; false when it did not come. */
  awaitVersion: (version: Version) => Promise<boolean>;
  /** One line for each order, restaurant or figure that is not as written. `written` is everything since `begin`. */
  mismatches: (written: WrittenOrder[]) => Promise<string[]>;
};

export const isVisible = async (url: string, { orderId, version }: Version): Promise<boolean> => {
  const { status } = await httpCall('GET', url, undefined, {
    prefer: 'wait=30',
    'x-order-id': orderId,
    'x-event-version': String(version),
  });
  return status === 200;
};

export const readJson = async <T>(url: string): Promise<T> => (await httpCall('GET', url)).body as T;

/** Names of the fields in which `shown` is not what is expected, with both values. */
export const compare = (what: string, expected: object, shown: object): string[] => {
  const differing = Object.entries(expected).filter(
    ([field, value]) => JSON.stringify((shown as Record<string, unknown>)[field]) !== JSON.stringify(value),
  );
  if (differing.length === 0) return [];
  const list = differing.map(
    ([field, value]) =>
      `${field} written ${JSON.stringify(value)}, shown ${JSON.stringify((shown as Record<string, unknown>)[field])}`,
  );
  return [`${what}: ${list.join('; ')}`];
};

/** Amounts as whole minor units: texts of one currency all have the same decimals. */
export const minorUnits = (amount: string): number => Number(amount.replace('.', ''));

export const tally = <T>(
  list: T[],
  keyOf: (one: T) => string,
  amountOf: (one: T) => number = () => 1,
): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const one of list) sums[keyOf(one)] = (sums[keyOf(one)] ?? 0) + amountOf(one);
  return sums;
};
