// Follows orders through their life with @orderline/contracts. Knows no Kafka client: records are handed in.
import { createDecoder, createVersionGate, isUnknownEvent, personalText } from '@orderline/contracts';

const statusAfter = {
  OrderCreated: 'Created',
  OrderConfirmed: 'Confirmed',
  OrderPreparing: 'Preparing',
  OrderReady: 'Ready',
  OrderOutForDelivery: 'OutForDelivery',
  OrderDelivered: 'Delivered',
  OrderCancelled: 'Cancelled',
};

const newOrder = () => ({ version: 0, status: null, applied: [], unknown: [], duplicates: 0, gaps: 0 });

const apply = (order, event) => {
  order.applied.push(event.type);
  order.status = statusAfter[event.type] ?? order.status;
  for (const field of ['currency', 'totalMinor', 'paidMinor', 'refundedMinor']) {
    if (field in event) order[field] = event[field];
  }
  if ('deliveryAddress' in event) order.deliveryAddress = personalText(event.deliveryAddress);
};

/** `schemaById` asks the registry; `take` gets the records of a partition one after the other. */
export const followOrders = (schemaById) => {
  const decoder = createDecoder(schemaById);
  const gate = createVersionGate();
  const orders = {};

  const take = async ({ key, value, headers }) => {
    // the headers are there for every event, also for one of a type that this build does not know
    const arrival = { version: Number(headers['event-version']), eventId: headers['ce_id'] };
    const order = (orders[key] ??= newOrder());
    const verdict = gate.pass(key, arrival);
    if (verdict === 'duplicate') return void (order.duplicates += 1);
    if (verdict !== 'apply') return void (order.gaps += 1);
    order.version = arrival.version;
    const event = await decoder.decode(value);
    if (isUnknownEvent(event)) order.unknown.push(event.eventType);
    else apply(order, event);
  };

  return { take, orders };
};
