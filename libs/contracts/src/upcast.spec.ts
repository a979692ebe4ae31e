import { describe, expect, it } from 'vitest';
import { currentSchemaVersion, eventTypes, upcast } from './index.ts';
import { upcastSteps } from './upcast.ts';

const refusal = (code: string, path?: string): Error =>
  expect.objectContaining({
    code,
    retriable: false,
    ...(path === undefined ? {} : { faults: [expect.objectContaining({ path })] }),
  }) as Error;

const created = (schemaVersion: number, data: unknown) => () => upcast({ type: 'OrderCreated', schemaVersion, data });

describe('an upcast', () => {
  it('passes a present event through as it is', () => {
    const data = { signedBy: null };
    const current = upcast({ type: 'OrderDelivered', schemaVersion: 1, data });
    expect(current).toEqual({ type: 'OrderDelivered', schemaVersion: 1, data });
    expect(current.data).toBe(data);
  });

  it('gives an order of version 1 its products once each at price 0, in US cents', () => {
    const data = { customer_id: 'c-1', restaurant_id: 'r-1', product_ids: ['a', 'b'], total: '12.50' };
    expect(upcast({ type: 'OrderCreated', schemaVersion: 1, data })).toEqual({
      type: 'OrderCreated',
      schemaVersion: 3,
      data: {
        customerId: 'c-1',
        restaurantId: 'r-1',
        items: [
          { sku: 'a', name: 'a', quantity: 1, unitPriceMinor: 0 },
          { sku: 'b', name: 'b', quantity: 1, unitPriceMinor: 0 },
        ],
        totalMinor: 1250,
        currency: 'USD',
        deliveryAddress: null,
        notes: null,
      },
    });
  });

  it('counts a product that version 1 lists twice as two pieces of one line', () => {
    const { data } = upcast({
      type: 'OrderCreated',
      schemaVersion: 1,
      data: { product_ids: ['a', 'b', 'a'], total: '9' },
    });
    expect(data).toMatchObject({
      items: [
        { sku: 'a', quantity: 2 },
        { sku: 'b', quantity: 1 },
      ],
      totalMinor: 900,
    });
  });

  it('leaves the stored event untouched', () => {
    const data = Object.freeze({ product_ids: Object.freeze(['a']), total: '1.05' });
    expect(upcast({ type: 'OrderCreated', schemaVersion: 1, data }).data).toMatchObject({ totalMinor: 105 });
  });

  it('has a step from every older version', () => {
    const lengths = eventTypes.map((type) => [type, 1 + (upcastSteps[type]?.length ?? 0)]);
    expect(lengths).toEqual(eventTypes.map((type) => [type, currentSchemaVersion(type)]));
  });

  it('refuses a type and a version from the future', () => {
    expect(() => upcast({ type: 'OrderRated', schemaVersion: 1, data: {} })).toThrow(refusal('newer_history'));
    expect(() => upcast({ type: 'toString', schemaVersion: 1, data: {} })).toThrow(refusal('newer_history'));
    expect(created(4, {})).toThrow(refusal('newer_history'));
  });

  it('refuses a version that never was', () => {
    expect(created(0, {})).toThrow(refusal('invalid_history'));
    expect(created(1.5, {})).toThrow(refusal('invalid_history'));
  });

  it.each([
    [1, null, ''],
    [1, [], ''],
    [1, { total: '1' }, '/product_ids'],
    [1, { product_ids: [7], total: '1' }, '/product_ids/0'],
    [1, { product_ids: [], total: 12.5 }, '/total'],
    [2, { items: [], total: '1.005' }, '/total'],
    [2, { items: [], total: '-1' }, '/total'],
    [2, { items: [{ sku: 'a', name: 'a', quantity: 0, unitPrice: '1' }], total: '1' }, '/items/0/quantity'],
    [2, { items: [{ sku: 'a', name: 'a', quantity: 1 }], total: '1' }, '/items/0/unitPrice'],
  ])('refuses version %i when it is not what that version was: %j', (version, data, path) => {
    expect(created(version, data)).toThrow(refusal('invalid_history', path));
  });
});
