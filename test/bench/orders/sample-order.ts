import { randomBytes } from 'node:crypto';
import type { AppendRequest } from '@orderline/event-store';

/** What every arm writes of an order: an event of about 600 bytes as it is stored, and its record of 300. */
export const sampleData = {
  items: [
    { sku: 'pizza-margherita', name: 'Margherita', quantity: 2, unitPriceMinor: 1250 },
    { sku: 'cola-33', name: 'Cola', quantity: 1, unitPriceMinor: 300 },
  ],
  totalMinor: 2800,
  currency: 'EUR',
  deliveryAddress: { keyId: null, value: '1 Long Street, Springfield' },
  notes: null,
};
export const sampleMetadata = {
  actor: { id: 'c-1', role: 'customer' },
  correlationId: 'correlation-123456',
  causationId: null,
  occurredAt: '2026-01-15T14:05:00.120Z',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};
export const samplePayload = randomBytes(300);

/** A UUIDv7 of now. */
export const newId = (): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const newOrder = (): AppendRequest => ({
  orderId: newId(),
  expectedVersion: 0,
  events: [
    {
      eventId: newId(),
      type: 'OrderCreated',
      schemaVersion: 3,
      data: sampleData,
      metadata: sampleMetadata,
      outbox: { payload: samplePayload, ceType: 'orderline.orders.OrderCreated' },
    },
  ],
});
