/**
 * A writer that commits every event by itself: the same projections on the same tables, each event in a transaction with its
 * version of the order, its rows and the checkpoint, by prepared statements that do no more than that. As the kit, it does
 * not wait for the disk. It answers with events a second over the first `events` of the topic.
 */
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { contractSchemas, createDecoder, isUnknownEvent, topicName } from '@orderline/contracts';
import { createTopicConsumer, type TopicRecord } from '@orderline/kafka';
import { createPool } from '@orderline/postgres';
import type { Projection } from '@orderline/projection';
import { schemaIds } from '../orders/stored-form.ts';
import { answerOfChild, settingsOfChild } from './child-round.ts';
import { singleWriter } from './single-writer.ts';

type Settings = { brokers: string[]; events: number; folder: string; appUrl: string };

const { brokers, events, folder, appUrl } = settingsOfChild() as Settings;
const app = (await import(join(folder, 'src/app.ts'))) as Record<string, { projections: readonly Projection[] }>;
const projections = Object.values(app).flatMap((one) => one.projections);
const pool = createPool({ databaseUrl: appUrl, applicationName: 'backlog bench', max: 1 });
const client = await pool.connect();
const write = await singleWriter(client, projections);
const schemas = new Map(contractSchemas.map(({ subject, schema }) => [schemaIds.get(subject), schema]));
const decoder = createDecoder((id) => schemas.get(id) ?? '');
let began = 0;
let written = 0;

const take = async (record: TopicRecord): Promise<void> => {
  const event = decoder.decode(record.value ?? Buffer.alloc(0));
  if (event instanceof Promise || isUnknownEvent(event)) throw new Error('every schema is known');
  await write(Object.assign(event, { recordedAt: record.timestamp }), record);
  written += 1;
};

const consumer = createTopicConsumer({
  brokers,
  clientId: 'backlog bench',
  groupId: randomUUID(),
  topic: topicName,
  onAssigned: (partitions) => Promise.resolve(new Map(partitions.map((partition) => [partition, 0n]))),
  onBatch: async ({ records }) => {
    if (began === 0) began = performance.now();
    for (const record of records) {
      if (written === events) {
        answerOfChild((events / (performance.now() - began)) * 1_000);
        return;
      }
      await take(record);
    }
  },
  onCrash: (error) => {
    throw error;
  },
});
await consumer.start();
