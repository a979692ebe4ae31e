import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AvroRecord } from '../src/avro-schema.ts';
import { recordNamespace, topicName } from '../src/topic.ts';
import { readSourceSchemas, selfContained } from './source-schemas.ts';

type Topics = { readonly topics: readonly { name: string; partitions: number; config: Record<string, string> }[] };

const bindingVersion = '0.5.0';

const text = (description: string, more: object = {}): object => ({ type: 'string', description, ...more });

const headersOf = (name: string): object => ({
  type: 'object',
  description:
    'All are UTF-8 text. Those with ce_ are CloudEvents 1.0, binary content mode. Others may come beside them.',
  required: [
    ...['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time'],
    ...['content-type', 'event-type', 'event-version', 'correlation-id'],
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('The event id, the same however often the event is sent.', { format: 'uuid' }),
    ce_source: { const: '/orderline/order-command' },
    ce_type: { const: `${recordNamespace}.${name}` },
    ce_subject: text('The order id; also the key.', { format: 'uuid' }),
    ce_time: text('When the database recorded it; also the timestamp of the record.', { format: 'date-time' }),
    'content-type': { const: 'application/avro' },
    'event-type': { const: name },
    'event-version': text("The order's version, from 1 without gaps.", { pattern: '^[1-9][0-9]*$' }),
    'correlation-id': text('Ties together everything that one request set off.'),
    traceparent: text('W3C trace context of the command.'),
  },
});

const messageOf = (record: AvroRecord): object => ({
  name: record.name,
  title: record.name,
  summary: record.doc,
  contentType: 'application/avro',
  correlationId: { location: '$message.header#/correlation-id' },
  headers: headersOf(record.name),
  payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema: record },
  bindings: {
    kafka: {
      key: text('The order id: records of one order are in one partition, in the order of their versions.', {
        format: 'uuid',
      }),
      schemaIdLocation: 'payload',
      schemaIdPayloadEncoding: 'confluent',
      schemaLookupStrategy: 'TopicRecordNameStrategy',
      bindingVersion,
    },
  },
});

const channelBinding = (topics: Topics): object => {
  const topic = topics.topics.find(({ name }) => name === topicName);
  if (!topic) throw new Error(`infra/kafka/topics.json does not declare ${topicName}`);
  const { config } = topic;
  return {
    topic: topicName,
    partitions: topic.partitions,
    topicConfiguration: {
      'cleanup.policy': [config['cleanup.policy']],
      'retention.ms': Number(config['retention.ms']),
      'retention.bytes': Number(config['retention.bytes']),
    },
    bindingVersion,
  };
};

const description = `Every event of every order, from its creation on. Delivery is at least once, in order per order id; nothing is ever removed. How to subscribe: docs/subscribing.md.`;

const server = {
  host: '127.0.0.1:19092',
  protocol: 'kafka',
  description: 'The stack that `npm start` runs.',
  bindings: {
    kafka: {
      schemaRegistryUrl: 'http://127.0.0.1:18081/apis/ccompat/v7',
      schemaRegistryVendor: 'apicurio',
      bindingVersion,
    },
  },
};

/** The AsyncAPI 3 document of the topic, made from the schemas and from what infra/kafka declares; as JSON text. */
export const asyncApiOf = (repository: string, version: string): string => {
  const { events, shared } = readSourceSchemas(join(repository, 'schemas', 'avro'));
  const topics = JSON.parse(readFileSync(join(repository, 'infra', 'kafka', 'topics.json'), 'utf8')) as Topics;
  const records = [...events.values()].map((record) => selfContained(record, shared));
  const refs = (place: string): [string, object][] => records.map(({ name }) => [name, { $ref: `#/${place}/${name}` }]);
  const channel = '#/channels/orders';
  const document = {
    asyncapi: '3.0.0',
    id: `urn:orderline:${topicName}`,
    info: { title: 'Order events', version, description, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/avro',
    servers: { local: server },
    channels: {
      orders: {
        address: topicName,
        description,
        messages: Object.fromEntries(refs('components/messages')),
        bindings: { kafka: channelBinding(topics) },
      },
    },
    operations: {
      publishOrderEvents: {
        action: 'send',
        title: 'What order-command publishes, by way of its outbox',
        channel: { $ref: channel },
        messages: refs('channels/orders/messages').map(([, ref]) => ref),
      },
    },
    components: { messages: Object.fromEntries(records.map((record) => [record.name, messageOf(record)])) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
