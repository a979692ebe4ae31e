import { randomUUID } from 'node:crypto';
import { topicName } from '@orderline/contracts';
import { createKafka } from '@orderline/kafka';

/** Puts a record on the topic that nobody can read; resolves to the id of the order that it will park. */
export const putUnreadable = async (brokers: readonly string[]): Promise<string> => {
  const orderId = randomUUID();
  const producer = createKafka({ brokers: [...brokers], clientId: 'browser-tests' }).producer();
  await producer.connect();
  try {
    await producer.send({ topic: topicName, messages: [{ key: orderId, value: Buffer.from('not an event') }] });
  } finally {
    await producer.disconnect();
  }
  return orderId;
};
