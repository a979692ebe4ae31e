import { customerId, restaurantId, sku } from './ids.ts';
import type { Order } from './order.ts';

/** To be raised when the same fields come to mean something else; new, lost or retyped fields are seen by themselves. */
const stateVersion = 1;

// Required: an optional field must not be left out of the shape.
const sample: Required<Order> = {
  status: 'Created',
  customerId: customerId('customer'),
  restaurantId: restaurantId('restaurant'),
  currency: 'USD',
  items: [{ sku: sku('sku'), name: 'name', quantity: 1, unitPriceMinor: 1 }],
  totalMinor: 1,
  paidMinor: 1,
  refundedMinor: 1,
  deliveryAddress: 'address',
  notes: 'notes',
  courier: 'courier',
  trackingId: 'tracking',
  signedBy: 'name',
  estimatedReadyAt: 1,
  cancelReason: 'reason',
  payments: [[{ reference: 'payment', method: 'card', amountMinor: 1 }]],
  refunds: [[{ reference: 'refund', amountMinor: 1 }]],
};

/** Names and kinds of a JSON value's fields, in the order of their names; an array is described by its first element. */
export const shapeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${shapeOf(value[0])}]`;
  if (typeof value !== 'object') return typeof value;
  const fields = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, field]) => `${name}:${shapeOf(field)}`).join(',')}}`;
};

/** 32-bit FNV-1a (Fowler, Noll, Vo): enough to tell a handful of shapes apart, and needs nothing from outside. */
const hashOf = (text: string): string => {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
};

export const orderShape = shapeOf(sample);

/** Goes into every snapshot of an Order; a snapshot with another fingerprint is of another shape and is ignored. */
export const stateFingerprint = `${stateVersion}-${hashOf(orderShape)}`;
