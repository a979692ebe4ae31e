import { compare, isVisible, readJson, type ReadModel, type WrittenOrder } from './read-model.ts';

export const orderSummary = (url: string): ReadModel => ({
  projection: 'order-summary',
  awaitVersion: (version) => isVisible(`${url}/orders/${version.orderId}`, version),
  mismatches: async (written) => {
    const lines: string[] = [];
    for (const order of written) {
      lines.push(...compare(order.orderId, summaryOf(order), await readJson<object>(`${url}/orders/${order.orderId}`)));
    }
    return lines;
  },
});

/** The summary that an order as written must have. */
export const summaryOf = ({ items, ...order }: WrittenOrder): Record<string, unknown> => ({
  orderId: order.orderId,
  version: order.version,
  status: order.status,
  customerId: order.customerId,
  restaurantId: order.restaurantId,
  currency: order.currency,
  total: order.total,
  paid: order.paid,
  refunded: order.refunded,
  itemCount: items.reduce((pieces, { quantity }) => pieces + quantity, 0),
  createdAt: order.createdAt,
  updatedAt: order.updatedAt,
});
