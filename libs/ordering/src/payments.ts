import type { RecordPayment, RefundPayment } from './commands.ts';
import type { OrderEvent, PaymentRefunded } from './events.ts';
import { findByReference } from './ledger.ts';
import { requireOpenFor } from './lifecycle.ts';
import { formatMoney } from '@orderline/money';
import { OrderRejected } from './order-rejected.ts';
import type { Order } from './order.ts';

/** What is paid and not refunded, in minor units. */
export const heldMinor = (order: Order): number => order.paidMinor - order.refundedMinor;

const requireAmount = (amountMinor: number): void => {
  if (Number.isSafeInteger(amountMinor) && amountMinor > 0) return;
  throw new OrderRejected('invalid_request', 'nothing to pay or refund', [
    { path: '/amount', message: 'must be more than zero' },
  ]);
};

/** A known reference is a repeat, also on a closed order, unless it was used for something else. */
const requireRepeat = (same: boolean, reference: string): void => {
  if (!same) throw new OrderRejected('reference_conflict', `${reference} was used with another amount or method`);
};

export const recordPayment = (command: RecordPayment, order: Order): OrderEvent[] => {
  const { at, method, amountMinor, reference } = command;
  requireAmount(amountMinor);
  const known = findByReference(order.payments, reference);
  if (known !== undefined) {
    requireRepeat(known.amountMinor === amountMinor && known.method === method, reference);
    return [];
  }
  requireOpenFor(order, 'payments');
  const { currency, refundedMinor } = order;
  const dueMinor = order.totalMinor - heldMinor(order);
  if (amountMinor > dueMinor) {
    throw new OrderRejected('payment_exceeds_total', `${formatMoney(dueMinor, currency)} ${currency} are due`);
  }
  const paidMinor = order.paidMinor + amountMinor;
  if (!Number.isSafeInteger(paidMinor)) throw new OrderRejected('limit_exceeded', 'too much was paid and refunded');
  return [{ type: 'PaymentReceived', at, method, amountMinor, currency, reference, paidMinor, refundedMinor }];
};

type RefundTerms = Pick<PaymentRefunded, 'amountMinor' | 'at' | 'reason' | 'reference'>;

/** The event of a refund that the caller has found lawful. */
export const refundOf = (order: Order, { at, amountMinor, reason, reference }: RefundTerms): PaymentRefunded => {
  const { currency, paidMinor } = order;
  const refundedMinor = order.refundedMinor + amountMinor;
  return { type: 'PaymentRefunded', at, amountMinor, currency, reason, reference, paidMinor, refundedMinor };
};

export const refundPayment = (command: RefundPayment, order: Order): OrderEvent[] => {
  const { amountMinor, reference } = command;
  requireAmount(amountMinor);
  const known = findByReference(order.refunds, reference);
  if (known !== undefined) {
    requireRepeat(known.amountMinor === amountMinor, reference);
    return [];
  }
  const held = heldMinor(order);
  if (amountMinor > held) {
    const { currency } = order;
    throw new OrderRejected('refund_exceeds_paid', `${formatMoney(held, currency)} ${currency} can be refunded`);
  }
  return [refundOf(order, command)];
};
