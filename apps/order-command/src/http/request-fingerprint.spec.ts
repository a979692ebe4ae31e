import { expect, it } from 'vitest';
import { requestFingerprint } from './request-fingerprint.ts';

const of = (body: unknown, method = 'POST', path = '/orders'): string => requestFingerprint(method, path, body);

it('is the same for the same JSON value, however it was written', () => {
  expect(of(JSON.parse('{"a": [1.0, {"c": null, "b": "x"}], "d": 2}'))).toBe(of({ d: 2, a: [1, { b: 'x', c: null }] }));
});

it('differs with method, path, values, the order of a list, and between no body and an empty one', () => {
  const all = [
    of({ a: 1 }),
    of({ a: 1 }, 'PATCH'),
    of({ a: 1 }, 'POST', '/orders/1'),
    of({ a: '1' }),
    of({ a: [1, 2] }),
    of({ a: [2, 1] }),
    of({ a: null }),
    of({}),
    of(undefined),
  ];
  expect(new Set(all).size).toBe(all.length);
});
