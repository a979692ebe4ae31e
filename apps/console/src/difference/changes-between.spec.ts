import { describe, expect, it } from 'vitest';
import { changesBetween } from './changes-between.ts';

describe('changes between two values', () => {
  it('are none where both are the same, also where null stands for nothing', () => {
    expect(changesBetween({ a: 1, b: { c: [1, { d: null }] } }, { a: 1, b: { c: [1, {}] } })).toEqual([]);
  });

  it('name every leaf that differs, with both sides', () => {
    expect(changesBetween({ status: 'Created', at: { x: 1 } }, { status: 'Confirmed', at: { x: 2 } })).toEqual([
      { path: '/status', before: 'Created', after: 'Confirmed' },
      { path: '/at/x', before: 1, after: 2 },
    ]);
  });

  it('tell what came and what went, leaf by leaf', () => {
    expect(changesBetween({ gone: { a: 1, b: 2 } }, { come: { c: 3 } })).toEqual([
      { path: '/come/c', after: 3 },
      { path: '/gone/a', before: 1 },
      { path: '/gone/b', before: 2 },
    ]);
    expect(changesBetween(undefined, { status: 'Created' })).toEqual([{ path: '/status', after: 'Created' }]);
  });

  it('compare items by their sku, so that one that goes from the front moves no other', () => {
    const [soup, bread] = [
      { sku: 'soup', quantity: 1 },
      { sku: 'bread', quantity: 2 },
    ];
    expect(changesBetween({ items: [soup, bread] }, { items: [{ ...bread, quantity: 3 }] })).toEqual([
      { path: '/items/bread/quantity', before: 2, after: 3 },
      { path: '/items/soup/sku', before: 'soup' },
      { path: '/items/soup/quantity', before: 1 },
    ]);
  });

  it('take a value for another kind of value as one change', () => {
    expect(changesBetween({ type: 'string' }, { type: ['null', 'string'] })).toEqual([
      { path: '/type', before: 'string', after: ['null', 'string'] },
    ]);
  });

  it('escape names as JSON pointers do', () => {
    expect(changesBetween({ 'a/b': 1 }, { 'a/b': 2 })).toEqual([{ path: '/a~1b', before: 1, after: 2 }]);
  });
});
