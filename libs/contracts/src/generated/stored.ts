// Generated from schemas/avro by libs/contracts/generate.ts: change the schemas and run it again.

/** One line of an order; its amounts are in the currency of the event that carries it. */
export type StoredOrderItem = {
  /** Identifies the article within the order: at most one line per sku. */
  readonly sku: string;
  /** Name of the article as the customer saw it. */
  readonly name: string;
  /** Pieces of the article, 1 to 999. */
  readonly quantity: number;
  /** Price of one piece in minor units of currency, 0 or more. */
  readonly unitPriceMinor: number;
};

/** A value about a person, readable by whoever holds the key; without a key it is plain text. */
export type StoredPersonal = {
  /** The customer's key that the value is encrypted with; null when the value is not encrypted. */
  readonly keyId: null | string;
  /** UTF-8 text when keyId is null, otherwise ciphertext. Ciphertext is in base64. */
  readonly value: string;
};

/** Stored JSON of every event type at its present schema version. */
export type StoredFields = {
  readonly OrderCancelled: {
    /** Why it was cancelled. */
    readonly reason: StoredPersonal;
  };
  readonly OrderConfirmed: Readonly<Record<string, never>>;
  readonly OrderCreated: {
    /** The customer who ordered; the same in every event of an order. */
    readonly customerId: string;
    /** The restaurant that prepares the order; the same in every event of an order. */
    readonly restaurantId: string;
    /** The lines of the order, 1 to 100, each sku once. */
    readonly items: readonly StoredOrderItem[];
    /** Sum of quantity times unit price over all items, in minor units of currency. In orders first stored in schema version 1 or 2 it is the total stored then, which the items need not add up to. */
    readonly totalMinor: number;
    /** Currency of every amount in this event: an ISO 4217 code in capitals. */
    readonly currency: string;
    /** Where to deliver; null when none was given. */
    readonly deliveryAddress: null | StoredPersonal;
    /** What the customer wants the restaurant or the courier to know; null when nothing was said. */
    readonly notes: null | StoredPersonal;
  };
  readonly OrderDelivered: {
    /** Who took it; null when nobody signed. */
    readonly signedBy: null | StoredPersonal;
  };
  readonly OrderItemAdded: {
    /** Identifies the article within the order: at most one line per sku. */
    readonly sku: string;
    /** Name of the article as the customer saw it. */
    readonly name: string;
    /** Pieces added by this event, 1 to 999. */
    readonly quantity: number;
    /** Price of one piece in minor units of currency, 0 or more. */
    readonly unitPriceMinor: number;
    /** Currency of every amount in this event: an ISO 4217 code in capitals. */
    readonly currency: string;
    /** Total of the order after this event, in minor units of currency. */
    readonly totalMinor: number;
  };
  readonly OrderItemRemoved: {
    /** Identifies the article within the order: at most one line per sku. */
    readonly sku: string;
    /** Name of the article as the customer saw it. */
    readonly name: string;
    /** Pieces removed by this event: all there were of this sku. */
    readonly quantity: number;
    /** Price of one piece in minor units of currency, 0 or more. */
    readonly unitPriceMinor: number;
    /** Currency of every amount in this event: an ISO 4217 code in capitals. */
    readonly currency: string;
    /** Total of the order after this event, in minor units of currency. */
    readonly totalMinor: number;
  };
  readonly OrderOutForDelivery: {
    /** Who delivers it. */
    readonly courier: StoredPersonal;
    /** Identifies the delivery at the delivery service; null when there is none. */
    readonly trackingId: null | string;
  };
  readonly OrderPreparing: {
    /** When the restaurant expects the order to be ready, UTC. RFC 3339. */
    readonly estimatedReadyAt: string;
  };
  readonly OrderReady: Readonly<Record<string, never>>;
  readonly OrderUpdated: {
    /** Where to deliver from now on; null when there is no address. */
    readonly deliveryAddress: null | StoredPersonal;
    /** The notes from now on; null when there are none. */
    readonly notes: null | StoredPersonal;
  };
  readonly PaymentReceived: {
    /** How it was paid, such as card or cash: letters, digits and _ . : - only. */
    readonly method: string;
    /** Amount of this payment in minor units of currency, above 0. */
    readonly amountMinor: number;
    /** Currency of every amount in this event: an ISO 4217 code in capitals. */
    readonly currency: string;
    /** The caller's reference of this payment; unique among the payments of the order. */
    readonly reference: StoredPersonal;
    /** Sum of all payments of the order after this event, refunds not taken off, in minor units of currency. */
    readonly paidMinor: number;
    /** Sum of all refunds of the order after this event, in minor units of currency. */
    readonly refundedMinor: number;
  };
  readonly PaymentRefunded: {
    /** Amount of this refund in minor units of currency, above 0. */
    readonly amountMinor: number;
    /** Currency of every amount in this event: an ISO 4217 code in capitals. */
    readonly currency: string;
    /** Why it was refunded. */
    readonly reason: StoredPersonal;
    /** The caller's reference of this refund; unique among the refunds of the order. The refund made by a cancellation has the reference cancellation. */
    readonly reference: StoredPersonal;
    /** Sum of all payments of the order after this event, refunds not taken off, in minor units of currency. */
    readonly paidMinor: number;
    /** Sum of all refunds of the order after this event, in minor units of currency. */
    readonly refundedMinor: number;
  };
};
