// Generated from schemas/avro by libs/contracts/generate.ts: change the schemas and run it again.

/** Who caused an event. */
export type Actor = {
  /** Identity of the actor within its role, such as r-7. */
  readonly id: string;
  /** What the actor is, such as customer, restaurant, courier or system. */
  readonly role: string;
};

/** One line of an order; its amounts are in the currency of the event that carries it. */
export type OrderItem = {
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
export type Personal = {
  /** The customer's key that the value is encrypted with; null when the value is not encrypted. */
  readonly keyId: null | string;
  /** UTF-8 text when keyId is null, otherwise ciphertext. */
  readonly value: Buffer;
};

/** What every event carries beside its own fields. */
export type Envelope = {
  /** Identity of this event: a UUIDv7 in lower case, the same however often the event is sent; equal to the header ce_id. */
  readonly eventId: string;
  /** The order this event belongs to: a UUIDv7 in lower case; equal to the key of the Kafka record. */
  readonly orderId: string;
  /** Place of this event in the history of its order: 1, 2, 3 and so on, without gaps. */
  readonly version: number;
  /** When the caller says it happened, UTC. When it was recorded is the timestamp of the Kafka record and the header ce_time. Epoch milliseconds. */
  readonly occurredAt: number;
  /** Version of this event type's shape that the event was written in, from 1. */
  readonly schemaVersion: number;
  /** The customer who ordered; the same in every event of an order. */
  readonly customerId: string;
  /** The restaurant that prepares the order; the same in every event of an order. */
  readonly restaurantId: string;
  /** Ties together everything that one request set off. */
  readonly correlationId: string;
  /** What caused this event, as the caller named it; null when the caller named nothing. */
  readonly causationId: null | string;
  /** Who did it. */
  readonly actor: Actor;
  /** What kind of thing the history belongs to: always Order. */
  readonly aggregateType: string;
};

/** The order was called off before it was ready. After it the order is Cancelled. */
export type OrderCancelled = Envelope & {
  readonly type: 'OrderCancelled';
  /** Why it was cancelled. */
  readonly reason: Personal;
};

/** The restaurant accepted the order. After it the order is Confirmed. */
export type OrderConfirmed = Envelope & {
  readonly type: 'OrderConfirmed';
};

/** A customer placed an order: the first event of every order. After it the order is Created. */
export type OrderCreated = Envelope & {
  readonly type: 'OrderCreated';
  /** The lines of the order, 1 to 100, each sku once. */
  readonly items: readonly OrderItem[];
  /** Sum of quantity times unit price over all items, in minor units of currency. In orders first stored in schema version 1 or 2 it is the total stored then, which the items need not add up to. */
  readonly totalMinor: number;
  /** Currency of every amount in this event: an ISO 4217 code in capitals. */
  readonly currency: string;
  /** Where to deliver; null when none was given. */
  readonly deliveryAddress: null | Personal;
  /** What the customer wants the restaurant or the courier to know; null when nothing was said. */
  readonly notes: null | Personal;
};

/** The order was handed over. After it the order is Delivered. */
export type OrderDelivered = Envelope & {
  readonly type: 'OrderDelivered';
  /** Who took it; null when nobody signed. */
  readonly signedBy: null | Personal;
};

/** Pieces of an article were added to an order that is still Created; a sku already in the order, at the same name and price, grows by them. The status of the order stays as it is. */
export type OrderItemAdded = Envelope & {
  readonly type: 'OrderItemAdded';
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

/** A whole line was removed from an order that is still Created. The status of the order stays as it is. */
export type OrderItemRemoved = Envelope & {
  readonly type: 'OrderItemRemoved';
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

/** A courier left with the order. After it the order is OutForDelivery. */
export type OrderOutForDelivery = Envelope & {
  readonly type: 'OrderOutForDelivery';
  /** Who delivers it. */
  readonly courier: Personal;
  /** Identifies the delivery at the delivery service; null when there is none. */
  readonly trackingId: null | string;
};

/** The restaurant started to prepare the order. After it the order is Preparing. */
export type OrderPreparing = Envelope & {
  readonly type: 'OrderPreparing';
  /** When the restaurant expects the order to be ready, UTC. Epoch milliseconds. */
  readonly estimatedReadyAt: number;
};

/** The order can be picked up. After it the order is Ready. */
export type OrderReady = Envelope & {
  readonly type: 'OrderReady';
};

/** The delivery address or the notes changed; both are carried as they are after the event. The status of the order stays as it is. */
export type OrderUpdated = Envelope & {
  readonly type: 'OrderUpdated';
  /** Where to deliver from now on; null when there is no address. */
  readonly deliveryAddress: null | Personal;
  /** The notes from now on; null when there are none. */
  readonly notes: null | Personal;
};

/** Money was received for the order, also after delivery (cash at the door). The status of the order stays as it is. */
export type PaymentReceived = Envelope & {
  readonly type: 'PaymentReceived';
  /** How it was paid, such as card or cash: letters, digits and _ . : - only. */
  readonly method: string;
  /** Amount of this payment in minor units of currency, above 0. */
  readonly amountMinor: number;
  /** Currency of every amount in this event: an ISO 4217 code in capitals. */
  readonly currency: string;
  /** The caller's reference of this payment; unique among the payments of the order. */
  readonly reference: Personal;
  /** Sum of all payments of the order after this event, refunds not taken off, in minor units of currency. */
  readonly paidMinor: number;
  /** Sum of all refunds of the order after this event, in minor units of currency. */
  readonly refundedMinor: number;
};

/** Money was given back to the customer. The status of the order stays as it is. */
export type PaymentRefunded = Envelope & {
  readonly type: 'PaymentRefunded';
  /** Amount of this refund in minor units of currency, above 0. */
  readonly amountMinor: number;
  /** Currency of every amount in this event: an ISO 4217 code in capitals. */
  readonly currency: string;
  /** Why it was refunded. */
  readonly reason: Personal;
  /** The caller's reference of this refund; unique among the refunds of the order. The refund made by a cancellation has the reference cancellation. */
  readonly reference: Personal;
  /** Sum of all payments of the order after this event, refunds not taken off, in minor units of currency. */
  readonly paidMinor: number;
  /** Sum of all refunds of the order after this event, in minor units of currency. */
  readonly refundedMinor: number;
};

export type ContractEvent =
  | OrderCancelled
  | OrderConfirmed
  | OrderCreated
  | OrderDelivered
  | OrderItemAdded
  | OrderItemRemoved
  | OrderOutForDelivery
  | OrderPreparing
  | OrderReady
  | OrderUpdated
  | PaymentReceived
  | PaymentRefunded;
