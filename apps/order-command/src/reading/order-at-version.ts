import type { LoadedStream } from '@orderline/event-store';
import { evolve, type Order } from '@orderline/ordering';
import { fromStored } from '../publishing/from-stored.ts';

/** An order as it is after one of its versions; times of recording in epoch milliseconds. */
export type OrderAtVersion = {
  orderId: string;
  version: number;
  order: Order;
  createdAt: number;
  updatedAt: number;
};

/** The state of a loaded stream, undefined before its first event. Throws ContractError `newer_history`. */
export const orderOf = ({
  orderId,
  version,
  createdAt,
  updatedAt,
  snapshot,
  events,
}: LoadedStream): OrderAtVersion | undefined => {
  // A snapshot is read back only under the fingerprint of the present shape of Order.
  let order = snapshot?.state as Order | undefined;
  for (const event of events) order = evolve(order, fromStored(event));
  return order && { orderId, version, order, createdAt, updatedAt };
};
