import type { UpdateOrder } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { requireOpenFor } from './lifecycle.ts';
import type { Order } from './order.ts';

export const updateOrder = (command: UpdateOrder, order: Order): OrderEvent[] => {
  const { at, deliveryAddress = order.deliveryAddress, notes = order.notes } = command;
  // What is so already is a repeat in any status: the client of a lost answer may ask again after dispatch.
  if (deliveryAddress === order.deliveryAddress && notes === order.notes) return [];
  requireOpenFor(order, 'details');
  return [{ type: 'OrderUpdated', at, deliveryAddress, notes }];
};
