import type { ReplayStep } from './replay.ts';

/**
 * A spec for libs/ordering that folds the same events and expects the state that was seen. Personal text is in it as it is
 * in the history: look at it before you commit it.
 */
export const replayAsTest = (orderId: string, steps: ReplayStep[]): string => {
  const last = steps.at(-1);
  if (last === undefined) throw new Error(`${orderId} has no events up to that version`);
  const events = steps.map(({ event }) => ({
    type: event.type,
    ...toDomain(event.data),
    at: Date.parse(event.occurredAt),
  }));
  const { status, currency, items, courier, trackingId, signedBy, cancelReason, total, paid, refunded } = last.state;
  const seen = { status, currency, courier, trackingId, signedBy, cancelReason };
  return `import { formatMoney } from '@orderline/money';
import { expect, it } from 'vitest';
import { evolve } from './evolve.ts';
import type { OrderEvent } from './events.ts';
import type { Order } from './order.ts';

const events: OrderEvent[] = ${JSON.stringify(events, null, 2)};

it('order ${orderId} is ${status} after version ${last.event.version}', () => {
  const order = events.reduce<Order | undefined>(evolve, undefined);
  expect(order).toMatchObject(${JSON.stringify(seen, null, 2)});
  expect(order && [order.totalMinor, order.paidMinor, order.refundedMinor].map((minor) => formatMoney(minor, order.currency))).toEqual(
    ${JSON.stringify([total, paid, refunded])},
  );
  expect(order?.items).toHaveLength(${(items as unknown[]).length});
});
`;
};

/** The history has instants as text; the rules count epoch milliseconds. */
const toDomain = (data: Record<string, unknown>): Record<string, unknown> =>
  'estimatedReadyAt' in data ? { ...data, estimatedReadyAt: Date.parse(String(data['estimatedReadyAt'])) } : data;
