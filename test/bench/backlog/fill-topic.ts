import { encodeEvent, topicName } from '@orderline/contracts';
import { createKafka } from '@orderline/kafka';
import kafkajs, { type Message, type Producer } from 'kafkajs';
import { newId, sampleMetadata } from '../orders/sample-order.ts';
import { schemaIds, toRecord } from '../orders/stored-form.ts';
import { interleavedLives, openOrders, type Lived } from './lives.ts';

/** Of twelve partitions each then gets about what the relay's producer sends in one batch (128 KiB). */
const recordsPerSend = 2_000;

/** Puts so many events on the topic as the relay does: key, Avro bytes, a dozen headers, the time they were recorded. */
export const fillTopic = async (brokers: readonly string[], events: number): Promise<void> => {
  const kafka = createKafka({ brokers, clientId: 'backlog bench' });
  // The one that puts a key where the relay's does.
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await send(producer, events);
  } finally {
    await producer.disconnect();
  }
};

const send = async (producer: Producer, events: number): Promise<void> => {
  let messages: Message[] = [];
  let underWay: Promise<unknown> = Promise.resolve();
  const open = Math.min(openOrders, Math.ceil(events / 20));
  for (const lived of interleavedLives(events, { open, newId })) {
    if (messages.push(toMessage(lived)) < recordsPerSend) continue;
    const full = messages;
    messages = [];
    await underWay;
    underWay = producer.send({ topic: topicName, acks: -1, messages: full });
  }
  await underWay;
  if (messages.length > 0) await producer.send({ topic: topicName, acks: -1, messages });
};

const toMessage = ({ event, orderId, version, order, at }: Lived): Message => {
  const record = toRecord(event, { orderId, version, order });
  return {
    key: orderId,
    value: encodeEvent(record, schemaIds),
    timestamp: String(at),
    headers: {
      id: record.eventId,
      ce_specversion: '1.0',
      ce_id: record.eventId,
      ce_source: '/orderline/order-command',
      ce_type: `orderline.orders.${event.type}`,
      ce_subject: orderId,
      ce_time: new Date(at).toISOString(),
      'content-type': 'application/avro',
      'event-type': event.type,
      'event-version': String(version),
      'correlation-id': sampleMetadata.correlationId,
      traceparent: sampleMetadata.traceparent,
    },
  };
};
