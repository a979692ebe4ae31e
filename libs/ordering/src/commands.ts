import type { CustomerId, RestaurantId } from './ids.ts';
import type { Item } from './order.ts';

/** When the command's side says it happened, in epoch milliseconds: `occurredAt` of its events. */
type Timed = { readonly at: number };

export type CreateOrder = Timed & {
  readonly type: 'CreateOrder';
  readonly customerId: CustomerId;
  readonly restaurantId: RestaurantId;
  readonly currency: string;
  readonly items: readonly Item[];
  readonly deliveryAddress?: string | null | undefined;
  readonly notes?: string | null | undefined;
};

export type AddItem = Timed & { readonly type: 'AddItem'; readonly item: Item };
export type RemoveItem = Timed & { readonly type: 'RemoveItem'; readonly sku: string };

/** An absent or undefined field stays as it is, null clears it. */
export type UpdateOrder = Timed & {
  readonly type: 'UpdateOrder';
  readonly deliveryAddress?: string | null | undefined;
  readonly notes?: string | null | undefined;
};

/** The amount is in minor units of the order's currency, which the request does not name: parse it with the order's. */
export type RecordPayment = Timed & {
  readonly type: 'RecordPayment';
  readonly method: string;
  readonly amountMinor: number;
  readonly reference: string;
};

export type RefundPayment = Timed & {
  readonly type: 'RefundPayment';
  readonly amountMinor: number;
  readonly reason: string;
  readonly reference: string;
};

export type ConfirmOrder = Timed & { readonly type: 'ConfirmOrder' };
export type StartPreparing = Timed & { readonly type: 'StartPreparing'; readonly estimatedMinutes: number };
export type MarkReady = Timed & { readonly type: 'MarkReady' };

export type DispatchOrder = Timed & {
  readonly type: 'DispatchOrder';
  readonly courier: string;
  readonly trackingId?: string | null | undefined;
};

export type DeliverOrder = Timed & { readonly type: 'DeliverOrder'; readonly signedBy?: string | null | undefined };

export type CancelOrder = Timed & {
  readonly type: 'CancelOrder';
  readonly reason: string;
  readonly refund?: boolean | undefined;
};

/** Shape and text limits are checked where a command comes in; what depends on the order is decided by `decide`. */
export type OrderCommand =
  | CreateOrder
  | AddItem
  | RemoveItem
  | UpdateOrder
  | RecordPayment
  | RefundPayment
  | ConfirmOrder
  | StartPreparing
  | MarkReady
  | DispatchOrder
  | DeliverOrder
  | CancelOrder;
