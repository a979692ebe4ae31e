import { describe, expect, it } from 'vitest';
import { asEvent } from './read-record.ts';

const fields = {
  ...{ orderId: '01980000-0000-7000-8000-00000000a0d1', eventId: 'e', version: 1 },
  actor: { id: 'x', role: 'system' },
};

describe('a record is an event of an order', () => {
  it('when it says of which, in which version, and by whom', () => {
    expect(asEvent('OrderConfirmed', fields)).toMatchObject({ ...fields, type: 'OrderConfirmed' });
  });

  it.each([
    ['no order id', { orderId: 'o-1' }],
    ['no event id', { eventId: 7 }],
    ['no version', { version: undefined }],
    ['version 0', { version: 0 }],
    ['a version beyond any', { version: 10_000_001 }],
    ['no actor', { actor: undefined }],
    ['nothing for an actor', { actor: null }],
  ])('but not with %s', (_, change) => {
    expect(asEvent('OrderConfirmed', { ...fields, ...change })).toBeUndefined();
  });
});
