// node read-topic.mjs <broker> <registry address> [order id…]: follows the orders up to the present end of the topic.
import { topicName } from '@orderline/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { followOrders } from './follow-orders.mjs';

const [broker, registryUrl, ...wanted] = process.argv.slice(2);

const schemaById = async (id) => {
  const answer = await fetch(`${registryUrl}/schemas/ids/${id}`, { signal: AbortSignal.timeout(5_000) });
  if (answer.ok) return (await answer.json()).schema;
  const said = await answer.json().catch(() => ({}));
  throw Object.assign(
    new Error(`schema ${id}: ${answer.status}`),
    said.error_code === 40403 && { code: 'unknown_schema' },
  );
};

const kafka = new Kafka({ clientId: 'contracts-example', brokers: [broker], logLevel: logLevel.ERROR });
const admin = kafka.admin();
await admin.connect();
const ends = new Map();
for (const { partition, high } of await admin.fetchTopicOffsets(topicName)) {
  if (high !== '0') ends.set(partition, BigInt(high));
}

const { take, orders } = followOrders(schemaById);
const groupId = `contracts-example-${process.pid}-${Date.now()}`;
const consumer = kafka.consumer({ groupId });
await consumer.connect();
await consumer.subscribe({ topic: topicName, fromBeginning: true });
await new Promise((resolve, reject) => {
  if (ends.size === 0) resolve();
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
    if (BigInt(lastOffset) + 1n >= (ends.get(partition) ?? 0n)) ends.delete(partition);
    if (ends.size === 0) resolve();
  });
  void consumer.run({
    eachMessage: async ({ message: { key, value, headers } }) => {
      if (wanted.length > 0 && !wanted.includes(String(key))) return;
      const texts = Object.entries(headers).map(([name, text]) => [name, String(text)]);
      await take({ key: String(key), value, headers: Object.fromEntries(texts) });
    },
  });
});
await consumer.disconnect();
await admin.deleteGroups([groupId]);
await admin.disconnect();
console.log(JSON.stringify({ consumer: 'contracts-package', orders, faults: [] }));
