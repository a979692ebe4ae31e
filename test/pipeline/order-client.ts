import { inject } from 'vitest';

export type OrderAnswer = { orderId: string; version: number; status: string; total: string; updatedAt: string };
export type Reply<T = OrderAnswer> = { status: number; body: T; headers: Headers };

const call = async <T>(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply<T>> => {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T, headers: response.headers };
};

export const anOrder = {
  customerId: 'c-1',
  restaurantId: 'r-1',
  currency: 'USD',
  items: [
    { sku: 'soup', name: 'Soup of the day', quantity: 2, unitPrice: '4.50' },
    { sku: 'bread', name: 'Bread', quantity: 1, unitPrice: '1.25' },
  ],
  deliveryAddress: '1 Main Street',
};

export const createOrder = (changes: object = {}): Promise<Reply> =>
  call('POST', `${inject('stack').commandUrl}/orders`, { ...anOrder, ...changes });

export const command = (
  orderId: string,
  action: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<Reply> => call('POST', `${inject('stack').commandUrl}/orders/${orderId}/${action}`, body, headers);

export const readOrder = (orderId: string): Promise<Reply> =>
  call('GET', `${inject('stack').commandUrl}/orders/${orderId}`);

/** The order's summary, reflecting at least `version`: the read waits for it across Kafka. */
export const readSummary = (orderId: string, version: number, summaryUrl = inject('stack').summaryUrl) =>
  call<Record<string, unknown>>('GET', `${summaryUrl}/orders/${orderId}`, undefined, {
    'x-event-version': String(version),
    prefer: 'wait=30',
  });

/** Confirmed, prepared, ready, on the road, delivered: five commands after creation. */
export const toTheDoor: [string, unknown?][] = [
  ['confirm'],
  ['start-preparing', { estimatedMinutes: 15 }],
  ['mark-ready'],
  ['dispatch', { courier: 'Kim', trackingId: 'trk-9' }],
  ['deliver', { signedBy: 'A. Guest' }],
];
