import { ContractError } from './contract-error.ts';
import type { StoredFields } from './generated/stored.ts';

/**
 * OrderCreated as it was stored in version 1: articles only, each id once per piece, no prices. Amounts are decimal
 * text without a currency. Rows that name no customer or restaurant read as `unknown`.
 */
export type OrderCreatedV1 = {
  readonly customer_id?: string;
  readonly restaurant_id?: string;
  readonly product_ids: readonly string[];
  readonly total: string;
};

/** As version 1, but with lines. */
export type OrderCreatedV2 = {
  readonly customer_id?: string;
  readonly restaurant_id?: string;
  readonly items: readonly {
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
    readonly unitPrice: string;
  }[];
  readonly total: string;
};

const invalid = (path: string, what: string): ContractError =>
  new ContractError('invalid_history', `OrderCreated: ${path} is not ${what}`, {
    faults: [{ path, message: `is not ${what}` }],
  });

const fields = (value: unknown, path: string): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'an object');
  return value as Readonly<Record<string, unknown>>;
};

const text = (value: unknown, path: string): string => {
  if (typeof value !== 'string') throw invalid(path, 'text');
  return value;
};

const list = (value: unknown, path: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw invalid(path, 'a list');
  return value;
};

const pieces = (value: unknown, path: string): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) throw invalid(path, 'a number of pieces');
  return value;
};

const usDollarCents = (value: unknown, path: string): number => {
  const [, whole, cents = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/u.exec(text(value, path)) ?? [];
  if (whole === undefined) throw invalid(path, 'an amount in US dollars');
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'));
};

const parties = (old: Readonly<Record<string, unknown>>): { customer: string; restaurant: string } => ({
  customer: text(old['customer_id'] ?? 'unknown', '/customer_id'),
  restaurant: text(old['restaurant_id'] ?? 'unknown', '/restaurant_id'),
});

/** Every article becomes a line at price 0 under its id as name; an id that is there twice means two pieces. */
export const orderCreatedV1ToV2 = (data: unknown): OrderCreatedV2 => {
  const old = fields(data, '');
  const quantities = new Map<string, number>();
  for (const [index, id] of list(old['product_ids'], '/product_ids').entries()) {
    const sku = text(id, `/product_ids/${index}`);
    quantities.set(sku, (quantities.get(sku) ?? 0) + 1);
  }
  const { customer, restaurant } = parties(old);
  return {
    customer_id: customer,
    restaurant_id: restaurant,
    items: [...quantities].map(([sku, quantity]) => ({ sku, name: sku, quantity, unitPrice: '0.00' })),
    total: text(old['total'], '/total'),
  };
};

/** Amounts become US cents. The stored total stays as it is, whatever the items add up to. */
export const orderCreatedV2ToV3 = (data: unknown): StoredFields['OrderCreated'] => {
  const old = fields(data, '');
  const { customer, restaurant } = parties(old);
  const items = list(old['items'], '/items').map((line, index) => {
    const path = `/items/${index}`;
    const item = fields(line, path);
    return {
      sku: text(item['sku'], `${path}/sku`),
      name: text(item['name'], `${path}/name`),
      quantity: pieces(item['quantity'], `${path}/quantity`),
      unitPriceMinor: usDollarCents(item['unitPrice'], `${path}/unitPrice`),
    };
  });
  return {
    customerId: customer,
    restaurantId: restaurant,
    items,
    totalMinor: usDollarCents(old['total'], '/total'),
    currency: 'USD',
    deliveryAddress: null,
    notes: null,
  };
};
