import type { ConfirmOrder, DeliverOrder, DispatchOrder, MarkReady, StartPreparing } from './commands.ts';
import type { OrderEvent } from './events.ts';
import { requireStep } from './lifecycle.ts';
import type { Order } from './order.ts';

/** Every step that is asked for again while the order stands there changes nothing, whatever its arguments. */
export const confirmOrder = ({ at }: ConfirmOrder, order: Order): OrderEvent[] => {
  if (order.status === 'Confirmed') return [];
  requireStep(order, 'Confirmed');
  return [{ type: 'OrderConfirmed', at }];
};

export const startPreparing = ({ at, estimatedMinutes }: StartPreparing, order: Order): OrderEvent[] => {
  if (order.status === 'Preparing') return [];
  requireStep(order, 'Preparing');
  return [{ type: 'OrderPreparing', at, estimatedReadyAt: at + estimatedMinutes * 60_000 }];
};

export const markReady = ({ at }: MarkReady, order: Order): OrderEvent[] => {
  if (order.status === 'Ready') return [];
  requireStep(order, 'Ready');
  return [{ type: 'OrderReady', at }];
};

export const dispatchOrder = ({ at, courier, trackingId }: DispatchOrder, order: Order): OrderEvent[] => {
  if (order.status === 'OutForDelivery') return [];
  requireStep(order, 'OutForDelivery');
  return [{ type: 'OrderOutForDelivery', at, courier, trackingId: trackingId ?? null }];
};

export const deliverOrder = ({ at, signedBy }: DeliverOrder, order: Order): OrderEvent[] => {
  if (order.status === 'Delivered') return [];
  requireStep(order, 'Delivered');
  return [{ type: 'OrderDelivered', at, signedBy: signedBy ?? null }];
};
