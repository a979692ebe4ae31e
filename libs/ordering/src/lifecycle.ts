import { OrderRejected } from './order-rejected.ts';

export const statuses = [
  'Created',
  'Confirmed',
  'Preparing',
  'Ready',
  'OutForDelivery',
  'Delivered',
  'Cancelled',
] as const;

export type Status = (typeof statuses)[number];

/** The lifecycle: the statuses from which each status is entered. */
const enteredFrom: Record<Status, readonly Status[]> = {
  Created: [],
  Confirmed: ['Created'],
  Preparing: ['Confirmed'],
  Ready: ['Preparing'],
  OutForDelivery: ['Ready'],
  Delivered: ['OutForDelivery'],
  Cancelled: ['Created', 'Confirmed', 'Preparing'],
};

/** What can change without a step, and in which statuses; a refund can in any. Cash at the door comes after Delivered. */
const openIn: Record<'items' | 'details' | 'payments', readonly Status[]> = {
  items: ['Created'],
  details: ['Created', 'Confirmed', 'Preparing', 'Ready'],
  payments: ['Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered'],
};

type WithStatus = { readonly status: Status };

export const requireStep = (order: WithStatus, to: Status): void => {
  if (enteredFrom[to].includes(order.status)) return;
  throw new OrderRejected('transition_refused', `an order that is ${order.status} cannot become ${to}`);
};

export const requireOpenFor = (order: WithStatus, change: keyof typeof openIn): void => {
  if (openIn[change].includes(order.status)) return;
  throw new OrderRejected('transition_refused', `an order that is ${order.status} takes no change of its ${change}`);
};
