// node read-topic.mjs <broker> <registry address> <topic> [order id…]: follows the orders up to the topic's present end.
import { Kafka, logLevel } from 'kafkajs';
import { createCheck } from './check-record.mjs';
import { followOrders } from './follow-orders.mjs';

const [broker, registryUrl, topic, ...wanted] = process.argv.slice(2);

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
for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
  if (high !== '0') ends.set(partition, BigInt(high));
}

const { take, orders } = followOrders(schemaById);
const faultsOf = createCheck(schemaById);
const faults = [];
const groupId = `contracts-example-${process.pid}-${Date.now()}`;
const consumer = kafka.consumer({ groupId });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
await new Promise((resolve, reject) => {
  if (ends.size === 0) resolve();
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
    if (BigInt(lastOffset) + 1n >= (ends.get(partition) ?? 0n)) ends.delete(partition);
    if (ends.size === 0) resolve();
  });
  void consumer.run({
    eachMessage: async ({ message: { key, value, headers, timestamp } }) => {
      if (wanted.length > 0 && !wanted.includes(String(key))) return;
      const texts = Object.entries(headers).map(([name, text]) => [name, String(text)]);
      const record = { key: String(key), value, headers: Object.fromEntries(texts), timestamp: Number(timestamp) };
      faults.push(...(await faultsOf(record)));
      await take(record);
    },
  });
});
await consumer.disconnect();
await admin.deleteGroups([groupId]);
await admin.disconnect();
console.log(JSON.stringify({ consumer: 'contracts-package', orders, faults }));
