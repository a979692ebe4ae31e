/**
 * Envelope fields that stored JSON carries beside an event's own fields: the event table has no column for them,
 * and the first event of an order is where they are known from.
 */
export const storedEnvelopeFields: Readonly<Record<string, readonly string[]>> = {
  OrderCreated: ['customerId', 'restaurantId'],
};
