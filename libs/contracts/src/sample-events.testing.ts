import type { Envelope, OrderCreated } from './index.ts';
import { contractSchemas, currentSchemaIds, personal } from './index.ts';

export const envelope: Omit<Envelope, 'schemaVersion'> = {
  eventId: '01980000-0000-7000-8000-000000000001',
  orderId: '01980000-0000-7000-8000-00000000000a',
  version: 1,
  occurredAt: 1768486320345,
  customerId: 'c-17',
  restaurantId: 'r-7',
  correlationId: 'corr-1',
  causationId: null,
  actor: { id: 'c-17', role: 'customer' },
  aggregateType: 'Order',
};

export const created: OrderCreated = {
  ...envelope,
  type: 'OrderCreated',
  schemaVersion: 3,
  items: [{ sku: 'margherita', name: 'Pizza Margherita', quantity: 2, unitPriceMinor: 1250 }],
  totalMinor: 2500,
  currency: 'USD',
  deliveryAddress: personal('Bakerstreet 221b'),
  notes: null,
};

/** Ids 1, 2, 3… in the order of contractSchemas. */
export const schemaIds = currentSchemaIds(contractSchemas.map((schema, index) => ({ ...schema, id: index + 1 })));

export const registeredText = (id: number): string => contractSchemas[id - 1]?.schema ?? '';
