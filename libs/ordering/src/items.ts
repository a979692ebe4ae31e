import type { AddItem, RemoveItem } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { requireOpenFor } from './lifecycle.ts';
import { amountLimitMinor } from '@orderline/money';
import { OrderRejected } from './order-rejected.ts';
import type { Item, Order } from './order.ts';
import { heldMinor } from './payments.ts';

export const maxLines = 100;
export const maxPieces = 999;

const requireSameItem = (line: Item, item: Item): void => {
  if (line.name === item.name && line.unitPriceMinor === item.unitPriceMinor) return;
  throw new OrderRejected('item_conflict', `${item.sku} is in the order under another name or at another price`);
};

const requireRoom = (order: Order, line: Item | undefined, item: Item): void => {
  if (line === undefined && order.items.length >= maxLines) {
    throw new OrderRejected('limit_exceeded', `an order has at most ${maxLines} lines`);
  }
  if ((line?.quantity ?? 0) + item.quantity > maxPieces) {
    throw new OrderRejected('limit_exceeded', `an order has at most ${maxPieces} pieces of ${item.sku}`);
  }
};

/** A total is never summed anew: an order of an earlier time keeps the one it was stored with, and changes go on top. */
export const addItem = ({ at, item }: AddItem, order: Order): OrderEvent[] => {
  requireOpenFor(order, 'items');
  const line = order.items.find(({ sku }) => sku === item.sku);
  if (line !== undefined) requireSameItem(line, item);
  requireRoom(order, line, item);
  const totalMinor = order.totalMinor + item.quantity * item.unitPriceMinor;
  if (totalMinor >= amountLimitMinor) {
    throw new OrderRejected('limit_exceeded', 'an order totals less than 10^12 minor units');
  }
  const { sku, name, quantity, unitPriceMinor } = item;
  return [{ type: 'OrderItemAdded', at, sku, name, quantity, unitPriceMinor, currency: order.currency, totalMinor }];
};

export const removeItem = ({ at, sku }: RemoveItem, order: Order): OrderEvent[] => {
  requireOpenFor(order, 'items');
  const line = order.items.find((item) => item.sku === sku);
  if (line === undefined) throw new OrderRejected('item_not_found', `${sku} is not in the order`);
  if (order.items.length === 1) throw new OrderRejected('last_item', 'an order keeps at least one item; cancel it');
  const totalMinor = order.totalMinor - line.quantity * line.unitPriceMinor;
  if (totalMinor < heldMinor(order)) {
    throw new OrderRejected('below_paid', 'more was paid than the order would total; refund first');
  }
  return [{ type: 'OrderItemRemoved', at, ...line, currency: order.currency, totalMinor }];
};
