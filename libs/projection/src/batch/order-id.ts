const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the id of an order, or of an event: a lower-case UUID. */
export const isOrderId = (text: string): boolean => UUID.test(text);
export const isEventId = isOrderId;
