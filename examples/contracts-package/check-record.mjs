// What docs/subscribing.md promises of every record: one that comes again and one of an unknown type are no exceptions.
import { createDecoder, isUnknownEvent } from '@orderline/contracts';

const alwaysThere = ['ce_id', 'event-version', 'correlation-id', 'traceparent'];

const fromRecord = ({ key, headers, timestamp }) => ({
  ce_specversion: '1.0',
  ce_source: '/orderline/order-command',
  ce_type: `orderline.orders.${headers['event-type']}`,
  ce_subject: key,
  ce_time: new Date(timestamp).toISOString(),
  'content-type': 'application/avro',
});

const fromEvent = (event) => ({
  'event-type': event.type,
  ce_id: event.eventId,
  ce_subject: event.orderId,
  'event-version': String(event.version),
  'correlation-id': event.correlationId,
});

/** Answers the faults of a record, headers against time, key and payload. */
export const createCheck = (schemaById) => {
  const decoder = createDecoder(schemaById);
  return async (record) => {
    const { headers, value } = record;
    const compare = (expected) =>
      Object.entries(expected).flatMap(([name, wanted]) =>
        headers[name] === wanted ? [] : [`${headers.ce_id}: ${name} is ${headers[name]}, not ${wanted}`],
      );
    const missing = alwaysThere.filter((name) => !headers[name]).map((name) => `${headers.ce_id}: no ${name}`);
    const event = await decoder.decode(value);
    // the payload of an unknown type may be of any shape
    return [...compare(fromRecord(record)), ...missing, ...(isUnknownEvent(event) ? [] : compare(fromEvent(event)))];
  };
};
