/** A consumer like that of a projector, which decodes every event and does nothing with it. */
import { randomUUID } from 'node:crypto';
import { contractSchemas, createDecoder, topicName } from '@orderline/contracts';
import { createTopicConsumer } from '@orderline/kafka';
import { schemaIds } from '../orders/stored-form.ts';
import { answerOfChild, settingsOfChild } from './child-round.ts';

const { brokers, events } = settingsOfChild() as { brokers: string[]; events: number };
const schemas = new Map(contractSchemas.map(({ subject, schema }) => [schemaIds.get(subject), schema]));
const decoder = createDecoder((id) => schemas.get(id) ?? '');
let began = 0;
let decoded = 0;

const consumer = createTopicConsumer({
  brokers,
  clientId: 'backlog bench',
  groupId: randomUUID(),
  topic: topicName,
  onAssigned: (partitions) => {
    began = performance.now();
    return Promise.resolve(new Map(partitions.map((partition) => [partition, 0n])));
  },
  onBatch: async ({ records }) => {
    for (const { value } of records) {
      const pending = value && decoder.decode(value);
      if (pending instanceof Promise) await pending;
    }
    decoded += records.length;
    if (decoded === events) answerOfChild((events / (performance.now() - began)) * 1_000);
  },
  onCrash: (error) => {
    throw error;
  },
});
await consumer.start();
