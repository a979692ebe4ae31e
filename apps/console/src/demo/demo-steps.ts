import type { DemoStep, Order } from '../order-shapes.ts';

/** What order-command is asked for a step: the path behind the order's id, and the body. */
export type StepCommand = { readonly path: string; readonly body?: object };

/** What can come next, likeliest first. */
export const nextSteps = (order: Order): DemoStep[] => {
  const pay: DemoStep[] = dueOf(order) === undefined ? [] : ['pay'];
  switch (order.status) {
    case 'Created':
      return [...pay, 'confirm', 'cancel'];
    case 'Confirmed':
      return ['start-preparing', ...pay, 'cancel'];
    case 'Preparing':
      return ['mark-ready', ...pay, 'cancel'];
    case 'Ready':
      return ['dispatch', ...pay];
    case 'OutForDelivery':
      return ['deliver', ...pay];
    case 'Delivered':
      return pay;
    case 'Cancelled':
      return [];
  }
};

/** `reference` makes the payment one of its own. */
export const commandOf = (step: DemoStep, order: Order, reference: string): StepCommand => {
  switch (step) {
    case 'pay':
      return { path: 'payments', body: { method: 'card', amount: dueOf(order) ?? order.total, reference } };
    case 'confirm':
    case 'mark-ready':
      return { path: step };
    case 'start-preparing':
      return { path: step, body: { estimatedMinutes: 15 } };
    case 'dispatch':
      return { path: step, body: { courier: 'A courier of the demo', trackingId: reference } };
    case 'deliver':
      return { path: step, body: { signedBy: 'A customer of the demo' } };
    case 'cancel':
      return { path: step, body: { reason: 'Cancelled on the console', refund: true } };
  }
};

/** What is still to be paid; undefined where nothing is. All three have the decimals of their currency. */
const dueOf = ({ total, paid, refunded }: Order): string | undefined => {
  const minor = (amount: string): bigint => BigInt(amount.replace('.', ''));
  const due = minor(total) - (minor(paid) - minor(refunded));
  if (due <= 0n) return undefined;
  const decimals = total.includes('.') ? total.length - total.indexOf('.') - 1 : 0;
  const digits = String(due).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
