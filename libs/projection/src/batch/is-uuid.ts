const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID, which the ids of orders and of events are. */
export const isUuid = (text: string): boolean => UUID.test(text);
