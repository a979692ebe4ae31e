import type { Status } from '../../src/shapes.ts';

/** In the order of an order's life. The type makes sure that none is missing. */
const places: Record<Status, number> = {
  Created: 0,
  Confirmed: 1,
  Preparing: 2,
  Ready: 3,
  OutForDelivery: 4,
  Delivered: 5,
  Cancelled: 6,
};

export const statusNames = (Object.keys(places) as Status[]).toSorted((one, other) => places[one] - places[other]);
