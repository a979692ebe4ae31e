import { describe, expect, it } from 'vitest';
import { personal, personalText, toHistory, toRecordFields, toStored } from './index.ts';
import { created, envelope } from './sample-events.testing.ts';

const storedCreated = {
  customerId: 'c-17',
  restaurantId: 'r-7',
  items: [{ sku: 'margherita', name: 'Pizza Margherita', quantity: 2, unitPriceMinor: 1250 }],
  totalMinor: 2500,
  currency: 'USD',
  deliveryAddress: { keyId: null, value: 'Bakerstreet 221b' },
  notes: null,
};
const hidden = { keyId: 'key-1', value: Buffer.from([0, 255, 128]) };

describe('the stored JSON of an event', () => {
  it('is its own fields, and for a creation also who ordered where', () => {
    expect(toStored(created)).toEqual(storedCreated);
  });

  it('goes through JSON and back into the record', () => {
    const { items, totalMinor, currency, deliveryAddress, notes } = created;
    const stored = JSON.parse(JSON.stringify(toStored(created))) as typeof storedCreated;
    expect(toRecordFields('OrderCreated', stored)).toEqual({ items, totalMinor, currency, deliveryAddress, notes });
  });

  it('has instants as RFC 3339', () => {
    const estimatedReadyAt = Date.parse('2026-01-15T14:35:00.120Z');
    const stored = toStored({ ...envelope, type: 'OrderPreparing', schemaVersion: 1, estimatedReadyAt });
    expect(stored).toEqual({ estimatedReadyAt: '2026-01-15T14:35:00.120Z' });
    expect(toRecordFields('OrderPreparing', stored)).toEqual({ estimatedReadyAt });
  });

  it('keeps encrypted values as base64', () => {
    const stored = toStored({ ...envelope, type: 'OrderCancelled', schemaVersion: 1, reason: hidden });
    expect(stored).toEqual({ reason: { keyId: 'key-1', value: 'AP+A' } });
    expect(toRecordFields('OrderCancelled', stored)).toEqual({ reason: hidden });
  });

  it('takes an optional field that is not there as null', () => {
    expect(toRecordFields('OrderDelivered', {} as never)).toEqual({ signedBy: null });
  });

  it.each([
    ['OrderPreparing', { estimatedReadyAt: 'tomorrow' }, '/estimatedReadyAt'],
    ['OrderCancelled', {}, '/reason'],
    ['OrderCancelled', { reason: 'plain text' }, '/reason'],
    ['OrderCancelled', { reason: { keyId: 1, value: 'x' } }, '/reason/keyId'],
    ['OrderCancelled', null, ''],
    ['OrderCreated', { ...storedCreated, items: [{ sku: 'x' }] }, '/items/0/name'],
    ['OrderCreated', { ...storedCreated, items: {} }, '/items'],
  ] as const)('of %s names what is wrong with it', (type, stored, path) => {
    expect(() => toRecordFields(type, stored as never)).toThrow(
      expect.objectContaining({ code: 'invalid_history', faults: [expect.objectContaining({ path })] }),
    );
  });
});

describe('the history over HTTP', () => {
  it('shows own fields only, personal fields as plain text', () => {
    expect(toHistory('OrderCreated', storedCreated)).toEqual({
      items: storedCreated.items,
      totalMinor: 2500,
      currency: 'USD',
      deliveryAddress: 'Bakerstreet 221b',
      notes: null,
    });
  });

  it('shows null for what a key hides', () => {
    expect(toHistory('OrderCancelled', { reason: { keyId: 'key-1', value: 'AP+A' } })).toEqual({ reason: null });
  });
});

describe('a personal field', () => {
  it('is readable text without a key', () => {
    expect(personalText(personal('Čapkova 12 🥤'))).toBe('Čapkova 12 🥤');
    expect(personal(null)).toBeNull();
    expect(personalText(null)).toBeNull();
    expect(personalText(hidden)).toBeNull();
  });
});
