import type { CustomerId, RestaurantId, Sku } from './ids.ts';
import type { Ledger } from './ledger.ts';
import type { Status } from './lifecycle.ts';

/** A line of an order; money in minor units of the order's currency. */
export type Item = {
  readonly sku: Sku;
  readonly name: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
};

export type Payment = { readonly reference: string; readonly method: string; readonly amountMinor: number };
export type Refund = { readonly reference: string; readonly amountMinor: number };

/**
 * All that the rules need to know of an order, as plain JSON, so that it can be kept in a snapshot. Money is in minor
 * units, estimatedReadyAt in epoch milliseconds. Its id, version and times are the event store's.
 */
export type Order = {
  readonly status: Status;
  readonly customerId: CustomerId;
  readonly restaurantId: RestaurantId;
  readonly currency: string;
  readonly items: readonly Item[];
  readonly totalMinor: number;
  readonly paidMinor: number;
  readonly refundedMinor: number;
  readonly deliveryAddress: string | null;
  readonly notes: string | null;
  readonly courier: string | null;
  readonly trackingId: string | null;
  readonly signedBy: string | null;
  readonly estimatedReadyAt: number | null;
  readonly cancelReason: string | null;
  readonly payments: Ledger<Payment>;
  readonly refunds: Ledger<Refund>;
};
