import type { CustomerId, RestaurantId } from './ids.ts';
import type { Item } from './order.ts';

/** `at` is occurredAt in epoch milliseconds; every field named …Minor is in minor units of the order's currency. */
type Happened = { readonly at: number };
type PaidAfter = { readonly paidMinor: number; readonly refundedMinor: number };

export type OrderCreated = Happened & {
  readonly type: 'OrderCreated';
  readonly customerId: CustomerId;
  readonly restaurantId: RestaurantId;
  readonly items: readonly Item[];
  readonly totalMinor: number;
  readonly currency: string;
  readonly deliveryAddress: string | null;
  readonly notes: string | null;
};

/** The item as added: its quantity is what came on top of a line that may have been there. */
export type OrderItemAdded = Happened &
  Item & { readonly type: 'OrderItemAdded'; readonly currency: string; readonly totalMinor: number };

/** The whole line as it was. */
export type OrderItemRemoved = Happened &
  Item & { readonly type: 'OrderItemRemoved'; readonly currency: string; readonly totalMinor: number };

/** Both fields as they are after it. */
export type OrderUpdated = Happened & {
  readonly type: 'OrderUpdated';
  readonly deliveryAddress: string | null;
  readonly notes: string | null;
};

export type PaymentReceived = Happened &
  PaidAfter & {
    readonly type: 'PaymentReceived';
    readonly method: string;
    readonly amountMinor: number;
    readonly currency: string;
    readonly reference: string;
  };

export type PaymentRefunded = Happened &
  PaidAfter & {
    readonly type: 'PaymentRefunded';
    readonly amountMinor: number;
    readonly currency: string;
    readonly reason: string;
    readonly reference: string;
  };

export type OrderConfirmed = Happened & { readonly type: 'OrderConfirmed' };
export type OrderPreparing = Happened & { readonly type: 'OrderPreparing'; readonly estimatedReadyAt: number };
export type OrderReady = Happened & { readonly type: 'OrderReady' };

export type OrderOutForDelivery = Happened & {
  readonly type: 'OrderOutForDelivery';
  readonly courier: string;
  readonly trackingId: string | null;
};

export type OrderDelivered = Happened & { readonly type: 'OrderDelivered'; readonly signedBy: string | null };
export type OrderCancelled = Happened & { readonly type: 'OrderCancelled'; readonly reason: string };

export type OrderEvent =
  | OrderCreated
  | OrderItemAdded
  | OrderItemRemoved
  | OrderUpdated
  | PaymentReceived
  | PaymentRefunded
  | OrderConfirmed
  | OrderPreparing
  | OrderReady
  | OrderOutForDelivery
  | OrderDelivered
  | OrderCancelled;
