import { httpCall } from '../http-call.ts';

/** The write side's answer about an order, as far as read models are compared with it. */
export type WrittenOrder = {
  orderId: string;
  version: number;
  status: string;
  customerId: string;
  restaurantId: string;
  currency: string;
  total: string;
  paid: string;
  refunded: string;
  items: { quantity: number }[];
  createdAt: string;
  updatedAt: string;
};

/** How the demo asks one projection: when is a version visible, and is what it shows what was written? */
export type ReadModel = {
  projection: string;
  awaitVersion: (order: { orderId: string; version: number }) => Promise<boolean>;
  differences: (written: WrittenOrder) => Promise<string[]>;
};

const patience = { prefer: 'wait=30' };

export const orderSummary = (url: string): ReadModel => ({
  projection: 'order-summary',
  awaitVersion: async ({ orderId, version }) => {
    const answer = await httpCall('GET', `${url}/orders/${orderId}`, undefined, {
      ...patience,
      'x-event-version': String(version),
    });
    return answer.status === 200;
  },
  differences: async (written) => {
    const { body } = await httpCall('GET', `${url}/orders/${written.orderId}`);
    return compare(expectedSummary(written), body as Record<string, unknown>);
  },
});

const expectedSummary = ({ items, ...written }: WrittenOrder): Record<string, unknown> => ({
  orderId: written.orderId,
  version: written.version,
  status: written.status,
  customerId: written.customerId,
  restaurantId: written.restaurantId,
  currency: written.currency,
  total: written.total,
  paid: written.paid,
  refunded: written.refunded,
  itemCount: items.reduce((pieces, { quantity }) => pieces + quantity, 0),
  createdAt: written.createdAt,
  updatedAt: written.updatedAt,
});

const compare = (expected: Record<string, unknown>, shown: Record<string, unknown>): string[] =>
  Object.entries(expected)
    .filter(([field, value]) => shown[field] !== value)
    .map(([field, value]) => `${field}: written ${JSON.stringify(value)}, shown ${JSON.stringify(shown[field])}`);
