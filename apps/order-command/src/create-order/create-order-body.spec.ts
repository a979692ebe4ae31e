import { describe, expect, it } from 'vitest';
import { createOrderBody } from './create-order-body.ts';

const item = { sku: 'soup', name: 'Soup', quantity: 2, unitPrice: '4.50' };
const order = { customerId: 'c-1', restaurantId: 'r-1', currency: 'USD', items: [item] };

const faults = (body: unknown): string[] =>
  (createOrderBody.safeParse(body).error?.issues ?? [])
    .flatMap((issue) =>
      'keys' in issue ? issue.keys.map((key) => [...issue.path, key].join('/')) : [issue.path.join('/')],
    )
    .sort();
const priced = (unitPrice: unknown, currency = 'USD'): unknown => ({
  ...order,
  currency,
  items: [{ ...item, unitPrice }],
});

describe('the body of a new order', () => {
  it('may leave out or clear address and notes', () => {
    expect(faults(order)).toEqual([]);
    expect(faults({ ...order, deliveryAddress: null, notes: 'ring twice' })).toEqual([]);
  });

  it("takes prices with at most the currency's decimals, zero included", () => {
    expect(
      [priced('12'), priced('12.5'), priced('0'), priced('1250', 'JPY'), priced('1.250', 'KWD')].map(faults),
    ).toEqual([[], [], [], [], []]);
    for (const wrong of [priced('12.345'), priced('12.5', 'JPY'), priced('-1'), priced('9'.repeat(12)), priced(4.5)]) {
      expect(faults(wrong)).toEqual(['items/0/unitPrice']);
    }
  });

  it('names every fault, also those that several fields make together', () => {
    const wrong = {
      customerId: 'c 1',
      currency: 'USD',
      items: [item, { ...item, quantity: 0, unitPrice: '1.999' }, 'soup'],
      notes: '',
      coupon: 'x',
    };
    expect(faults(wrong)).toEqual([
      'coupon',
      'customerId',
      'items/1/quantity',
      'items/1/sku',
      'items/1/unitPrice',
      'items/2',
      'notes',
      'restaurantId',
    ]);
  });

  it.each([null, undefined, [], 'order', { items: { length: 3 } }])('refuses %j without failing', (body) => {
    expect(faults(body)).not.toEqual([]);
  });

  it.each(['usd', 'XXY', 'US', '', 840])('refuses the currency %j', (currency) => {
    expect(faults({ ...order, currency })).toEqual(['currency']);
  });

  it('takes 1 to 100 lines', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => ({ ...item, sku: `s-${index}` }));
    expect(faults({ ...order, items: lines(100) })).toEqual([]);
    expect(faults({ ...order, items: lines(101) })).toEqual(['items']);
    expect(faults({ ...order, items: [] })).toEqual(['items']);
  });
});
