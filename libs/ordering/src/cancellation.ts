import type { CancelOrder } from './commands.ts';
import type { OrderCancelled, OrderEvent } from './events.ts';
import { findByReference } from './ledger.ts';
import { requireStep } from './lifecycle.ts';
import { formatMoney } from '@orderline/money';
import { OrderRejected } from './order-rejected.ts';
import type { Order } from './order.ts';
import { heldMinor, refundOf } from './payments.ts';

const reference = 'cancellation';

/** Status first, then the money: what is still held goes back in the same decision, or nothing is decided. */
export const cancelOrder = ({ at, reason, refund = false }: CancelOrder, order: Order): OrderEvent[] => {
  if (order.status === 'Cancelled') return [];
  requireStep(order, 'Cancelled');
  const cancelled: OrderCancelled = { type: 'OrderCancelled', at, reason };
  const amountMinor = heldMinor(order);
  if (amountMinor === 0) return [cancelled];
  if (!refund) {
    const { currency } = order;
    throw new OrderRejected('refund_required', `${formatMoney(amountMinor, currency)} ${currency} are to be refunded`);
  }
  if (findByReference(order.refunds, reference) !== undefined) {
    throw new OrderRejected('reference_conflict', `a refund used ${reference} already; refund the rest, then cancel`);
  }
  return [refundOf(order, { at, amountMinor, reason, reference }), cancelled];
};
