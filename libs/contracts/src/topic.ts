/** The one topic of order events; key = order id, value = Avro in Confluent wire format. */
export const topicName = 'domain-events.orders';

export const recordNamespace = 'orderline.orders';

/** Registry subject of an event type under TopicRecordName: `domain-events.orders-orderline.orders.OrderCreated`. */
export const subjectOf = (type: string): string => `${topicName}-${recordNamespace}.${type}`;
