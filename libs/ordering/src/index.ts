export type {
  AddItem,
  CancelOrder,
  ConfirmOrder,
  CreateOrder,
  DeliverOrder,
  DispatchOrder,
  MarkReady,
  OrderCommand,
  RecordPayment,
  RefundPayment,
  RemoveItem,
  StartPreparing,
  UpdateOrder,
} from './commands.ts';
export { decide } from './decide.ts';
export type {
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  OrderDelivered,
  OrderEvent,
  OrderItemAdded,
  OrderItemRemoved,
  OrderOutForDelivery,
  OrderPreparing,
  OrderReady,
  OrderUpdated,
  PaymentReceived,
  PaymentRefunded,
} from './events.ts';
export { evolve } from './evolve.ts';
export { customerId, restaurantId, sku, type CustomerId, type RestaurantId, type Sku } from './ids.ts';
export type { Ledger } from './ledger.ts';
export { statuses, type Status } from './lifecycle.ts';
export { OrderRejected, type Fault, type RejectionCode } from './order-rejected.ts';
export type { Item, Order, Payment, Refund } from './order.ts';
export { stateFingerprint } from './state-fingerprint.ts';
