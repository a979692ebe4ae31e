import type { CreateOrder } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { maxLines, maxPieces } from './items.ts';
import { amountLimitMinor, isCurrency } from '@orderline/money';
import { type Fault, OrderRejected } from './order-rejected.ts';
import type { Item, Order } from './order.ts';

const totalOf = (items: readonly Item[]): number =>
  items.reduce((total, item) => total + item.quantity * item.unitPriceMinor, 0);

const itemFaults = (items: readonly Item[]): Fault[] => {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const faults: Fault[] = [];
    if (seen.has(item.sku)) faults.push({ path: `/items/${index}/sku`, message: 'is in the order already' });
    if (item.quantity > maxPieces) {
      faults.push({ path: `/items/${index}/quantity`, message: `must be at most ${maxPieces}` });
    }
    seen.add(item.sku);
    return faults;
  });
};

const faultsOf = ({ currency, items }: CreateOrder): Fault[] => {
  const faults = itemFaults(items);
  if (!isCurrency(currency)) faults.push({ path: '/currency', message: 'must be a currency code of ISO 4217' });
  if (items.length === 0 || items.length > maxLines) {
    faults.push({ path: '/items', message: `must have 1 to ${maxLines} lines` });
  }
  if (totalOf(items) >= amountLimitMinor) {
    faults.push({ path: '/items', message: 'must total less than 10^12 minor units' });
  }
  return faults;
};

/** An order's limits are faults of the request here, as no order is there yet that could be in the way. */
export const createOrder = (command: CreateOrder, order: Order | undefined): OrderEvent[] => {
  if (order?.status === 'Created') return [];
  if (order !== undefined) throw new OrderRejected('transition_refused', `the order is ${order.status} already`);
  const faults = faultsOf(command);
  if (faults.length > 0) throw new OrderRejected('invalid_request', 'the order cannot be taken as it is', faults);
  const { at, customerId, restaurantId, items, currency, deliveryAddress = null, notes = null } = command;
  const totalMinor = totalOf(items);
  return [{ type: 'OrderCreated', at, customerId, restaurantId, items, totalMinor, currency, deliveryAddress, notes }];
};
