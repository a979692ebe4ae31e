import { randomUUIDv7 } from 'node:crypto';
import { expect } from 'vitest';
import { command, createOrder, toTheDoor } from '../pipeline/order-client.ts';
import { writeHistory } from './write-history.ts';

export const must = async (orderId: string, action: string, body?: unknown): Promise<void> => {
  expect([(await command(orderId, action, body)).status, action]).toEqual([200, action]);
};

/** Two versions of history as an early build stored them: on no topic until they are sent again. */
export const storeLegacyOrder = (orderId: string): Promise<void> => {
  const data = { customer_id: 'c-old', restaurant_id: 'r-old', product_ids: ['p-1', 'p-2', 'p-1'], total: '27.5' };
  const imported = { occurredAt: new Date('2025-01-15T12:00:00.000Z'), correlationId: 'import', schemaVersion: 1 };
  return writeHistory(orderId, [
    { ...imported, eventId: randomUUIDv7(), type: 'OrderCreated', data },
    { ...imported, eventId: randomUUIDv7(), type: 'OrderConfirmed', data: {} },
  ]);
};

export const writeDelivered = async (): Promise<string> => {
  const { body } = await createOrder();
  const { orderId } = body;
  await must(orderId, 'items', { sku: 'tea', name: 'Tea', quantity: 3, unitPrice: '2' });
  await must(orderId, 'payments', { method: 'card', amount: '16.25', reference: 'p-1' });
  for (const [action, fields] of toTheDoor) await must(orderId, action, fields);
  return orderId;
};

export const writeCancelled = async (): Promise<string> => {
  const { body } = await createOrder({ deliveryAddress: 'Čapkova 12, 602 00 Brno' });
  await must(body.orderId, 'payments', { method: 'card', amount: '5', reference: 'p-1' });
  await must(body.orderId, 'cancel', { reason: 'closed', refund: true });
  return body.orderId;
};
