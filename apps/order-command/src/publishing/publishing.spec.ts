import { contractSchemas, createDecoder, currentSchemaIds, toHistory, type StoredFields } from '@orderline/contracts';
import { customerId, restaurantId, sku, type OrderEvent } from '@orderline/ordering';
import { describe, expect, it } from 'vitest';
import { fromStored } from './from-stored.ts';
import { toNewEvents } from './to-new-events.ts';

const at = Date.parse('2026-01-15T14:05:00.120Z');
const item = { sku: sku('soup'), name: 'Soup', quantity: 2, unitPriceMinor: 450 };
const paid = { currency: 'USD', paidMinor: 900, refundedMinor: 0 };

const events: OrderEvent[] = [
  {
    type: 'OrderCreated',
    at,
    customerId: customerId('c-1'),
    restaurantId: restaurantId('r-1'),
    items: [item],
    totalMinor: 900,
    currency: 'USD',
    deliveryAddress: '1 Main Street',
    notes: null,
  },
  { type: 'OrderItemAdded', at, ...item, currency: 'USD', totalMinor: 1_800 },
  { type: 'OrderItemRemoved', at, ...item, currency: 'USD', totalMinor: 900 },
  { type: 'OrderUpdated', at, deliveryAddress: null, notes: 'ring 🔔' },
  { type: 'PaymentReceived', at, method: 'card', amountMinor: 900, reference: 'p-1', ...paid },
  { type: 'PaymentRefunded', at, amountMinor: 100, reason: 'cold', reference: 'r-1', ...paid, refundedMinor: 100 },
  { type: 'OrderConfirmed', at },
  { type: 'OrderPreparing', at, estimatedReadyAt: at + 900_000 },
  { type: 'OrderReady', at },
  { type: 'OrderOutForDelivery', at, courier: 'Kim', trackingId: null },
  { type: 'OrderDelivered', at, signedBy: 'A. Guest' },
  { type: 'OrderCancelled', at, reason: 'closed' },
];

const schemaIds = currentSchemaIds(
  contractSchemas.map(({ subject, fingerprint }, index) => ({ subject, fingerprint, id: index + 1 })),
);
const decoder = createDecoder((id) => Promise.resolve(contractSchemas[id - 1]?.schema ?? ''));
const ids = events.map((_, index) => `0197f3c2-5b1e-7c5d-8a44-${String(index).padStart(12, '0')}`);
const publication = {
  orderId: '0197f3c2-5b1e-7c5d-8a44-2f1d3c5b7a91',
  version: 7,
  order: { customerId: customerId('c-1'), restaurantId: restaurantId('r-1') },
  origin: {
    actor: { role: 'restaurant', id: 'r-7' },
    correlationId: 'corr',
    causationId: null,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    occurredAt: at,
  },
};
const publish = (given: OrderEvent[]) => {
  const left = [...ids];
  return toNewEvents(given, publication, { schemaIds, newEventId: () => left.shift() ?? '' });
};

describe('an event of every type', () => {
  it.each(publish(events).map((row, index) => [row.type, row, events[index]] as const))(
    'comes back from the event table as it was decided: %s',
    (_, row, event) => {
      expect(fromStored(JSON.parse(JSON.stringify(row)) as typeof row)).toEqual(event);
    },
  );

  it('is on the topic with the envelope and the same fields as in the table', async () => {
    for (const [index, row] of publish(events).entries()) {
      const record = await decoder.decode(row.outbox.payload);
      expect(record).toMatchObject({
        type: row.type,
        eventId: ids[index],
        orderId: publication.orderId,
        version: 8 + index,
        occurredAt: at,
        customerId: 'c-1',
        restaurantId: 'r-1',
        correlationId: 'corr',
        causationId: null,
        actor: { role: 'restaurant', id: 'r-7' },
        aggregateType: 'Order',
        schemaVersion: row.schemaVersion,
      });
      expect(row.outbox.ceType).toBe(`orderline.orders.${row.type}`);
    }
  });

  it('keeps personal text in its envelope in the table', () => {
    const [created, , , , , refunded] = publish(events);
    expect(created?.data['deliveryAddress']).toEqual({ keyId: null, value: '1 Main Street' });
    expect(refunded?.data['reason']).toEqual({ keyId: null, value: 'cold' });
    expect(toHistory('OrderCreated', created?.data as StoredFields['OrderCreated'])).toMatchObject({
      deliveryAddress: '1 Main Street',
    });
  });

  it('says when it happened in the metadata, in UTC', () => {
    expect(publish(events)[0]?.metadata).toMatchObject({ occurredAt: '2026-01-15T14:05:00.120Z' });
  });
});

describe('what this build cannot know', () => {
  const metadata = publish(events)[0]!.metadata;
  it.each([
    ['an event type', { type: 'OrderTipped', schemaVersion: 1, data: {} }],
    ['a schema version', { type: 'OrderConfirmed', schemaVersion: 99, data: {} }],
    ['a key', { type: 'OrderCancelled', schemaVersion: 1, data: { reason: { keyId: 'k', value: 'AAAA' } } }],
  ])('is refused as newer history: %s', (_, stored) => {
    expect(() => fromStored({ ...stored, metadata })).toThrow(expect.objectContaining({ code: 'newer_history' }));
  });
});

describe('a record that the relay cannot carry', () => {
  it('is refused before anything is stored', () => {
    const huge: OrderEvent = { type: 'OrderCancelled', at, reason: 'x'.repeat(300_000) };
    expect(() => publish([huge])).toThrow(expect.objectContaining({ status: 413, code: 'body_too_large' }));
  });
});
