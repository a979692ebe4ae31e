import { deciderSpecification } from '@orderline/testing';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { cola, confirmed, createOrder, created, pizza } from './example-order.ts';
import { sku } from './ids.ts';
import { OrderRejected } from './order-rejected.ts';
import type { Item } from './order.ts';

const { given } = deciderSpecification({ decide, evolve });

const faultsOf = (command: Parameters<typeof decide>[0]) => {
  try {
    decide(command, undefined);
  } catch (error) {
    if (error instanceof OrderRejected && error.code === 'invalid_request') return error.faults.map(({ path }) => path);
    throw error;
  }
  return [];
};

const lines = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ ...cola, sku: sku(`sku-${index}`) }));

describe('creating an order', () => {
  it('totals its items', () => given().when(createOrder).then(created));

  it('leaves out what was not said', () =>
    given()
      .when({ ...createOrder, deliveryAddress: undefined })
      .then({ ...created, deliveryAddress: null, notes: null }));

  it('takes free items and zero totals', () => {
    const free = { ...pizza, unitPriceMinor: 0 };
    given()
      .when({ ...createOrder, items: [free] })
      .then({ ...created, items: [free], totalMinor: 0 });
  });

  it('decides nothing when created twice', () => given(created).when(createOrder).thenNothing());
  it('is refused once the order has moved on', () =>
    given(created, confirmed).when(createOrder).thenRejected('transition_refused'));

  it('takes 100 lines, 999 pieces and a total just below the limit', () => {
    expect(faultsOf({ ...createOrder, items: lines(100) })).toEqual([]);
    expect(faultsOf({ ...createOrder, items: [{ ...cola, quantity: 999 }] })).toEqual([]);
    expect(faultsOf({ ...createOrder, items: [{ ...cola, unitPriceMinor: 10 ** 12 - 1 }] })).toEqual([]);
  });

  it('names every fault with its path', () => {
    const items = [pizza, { ...pizza, quantity: 1000 }, { ...cola, unitPriceMinor: 10 ** 12 - 1 }];
    expect(faultsOf({ ...createOrder, currency: 'usd', items })).toEqual([
      '/items/1/sku',
      '/items/1/quantity',
      '/currency',
      '/items',
    ]);
  });

  it('refuses no line and 101', () => {
    expect(faultsOf({ ...createOrder, items: [] })).toEqual(['/items']);
    expect(faultsOf({ ...createOrder, items: lines(101) })).toEqual(['/items']);
  });

  it.each(['XXX', 'XAU', 'ABC', 'usd', '', 'constructor'])('refuses %j as a currency', (currency) => {
    expect(faultsOf({ ...createOrder, currency })).toEqual(['/currency']);
  });
});
