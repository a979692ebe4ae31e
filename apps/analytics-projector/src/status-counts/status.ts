import type { EventType } from '@orderline/projection';
import type { statuses } from '@orderline/read-models';

export type Status = (typeof statuses)[number];

type StatusChange = { readonly begins: Status; readonly ends: readonly Status[] };

/** The status that an event begins, and those of which it ends the one that the order has; other events change none. */
export const statusChanges: Readonly<Partial<Record<EventType, StatusChange>>> = {
  OrderCreated: { begins: 'Created', ends: [] },
  OrderConfirmed: { begins: 'Confirmed', ends: ['Created'] },
  OrderPreparing: { begins: 'Preparing', ends: ['Confirmed'] },
  OrderReady: { begins: 'Ready', ends: ['Preparing'] },
  OrderOutForDelivery: { begins: 'OutForDelivery', ends: ['Ready'] },
  OrderDelivered: { begins: 'Delivered', ends: ['OutForDelivery'] },
  OrderCancelled: { begins: 'Cancelled', ends: ['Created', 'Confirmed', 'Preparing'] },
};
