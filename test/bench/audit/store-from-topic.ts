import { join } from 'node:path';
import { contractSchemas, createDecoder, isUnknownEvent, toStored, topicName } from '@orderline/contracts';
import { createTopicReader, type TopicRecord } from '@orderline/kafka';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { schemaIds } from '../orders/stored-form.ts';

const rowsAtOnce = 5_000;
const schemas = new Map(contractSchemas.map(({ subject, schema }) => [schemaIds.get(subject), schema]));

/** An event store that has exactly what is on the topic, with its hash chains. */
export const storeFromTopic = async (adminUrl: string, brokers: readonly string[]): Promise<TestDatabase> => {
  const database = await createTestDatabase(adminUrl, 'orders_owner');
  const folder = join(import.meta.dirname, '../../../apps/order-command/migrations');
  await migrate({ databaseUrl: database.urlOf('orders_owner'), folder, ledger: 'orders_migration' });
  const pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'audit bench', max: 1 });
  try {
    await pool.query('CREATE UNLOGGED TABLE staged (LIKE event)');
    await pool.query('ALTER TABLE staged ALTER hash DROP NOT NULL');
    await stage(pool, brokers);
    await chain(pool);
  } finally {
    await pool.end();
  }
  return database;
};

const stage = async (pool: Pool, brokers: readonly string[]): Promise<void> => {
  const decoder = createDecoder((id) => schemas.get(id) ?? '');
  const toRow = async (record: TopicRecord): Promise<unknown> => {
    const event = await decoder.decode(record.value ?? Buffer.alloc(0));
    if (isUnknownEvent(event)) throw new Error('every record is an event of ours');
    const { orderId, version, eventId, type, schemaVersion, actor, correlationId, causationId } = event;
    const occurredAt = new Date(event.occurredAt).toISOString();
    const metadata = { actor, correlationId, causationId, occurredAt, traceparent: record.headers['traceparent'] };
    const identity = { order_id: orderId, version, event_id: eventId, type, schema_version: schemaVersion };
    return { ...identity, data: toStored(event), metadata, recorded_at: new Date(record.timestamp).toISOString() };
  };
  const reader = createTopicReader({ brokers, clientId: 'audit bench', topic: topicName });
  let rows: unknown[] = [];
  const flush = async (): Promise<void> => {
    await pool.query('INSERT INTO staged SELECT * FROM jsonb_populate_recordset(NULL::staged, $1::jsonb)', [
      JSON.stringify(rows),
    ]);
    rows = [];
  };
  for await (const records of reader.read()) {
    for (const record of records) rows.push(await toRow(record));
    if (rows.length >= rowsAtOnce) await flush();
  }
  await flush();
  await reader.close();
};

/** Version by version, since each hash is over the one before it. */
const chain = async (pool: Pool): Promise<void> => {
  await pool.query('CREATE INDEX ON staged (version); ANALYZE staged');
  const { rows } = await pool.query<{ last: number }>('SELECT max(version) AS last FROM staged');
  for (let version = 1; version <= (rows[0]?.last ?? 0); version += 1) {
    await pool.query(
      `INSERT INTO event SELECT s.order_id, s.version, s.event_id, s.type, s.schema_version, s.data, s.metadata,
         s.recorded_at, event_hash(p.hash, ROW(s.*)::event)
       FROM staged s LEFT JOIN event p ON p.order_id = s.order_id AND p.version = s.version - 1
       WHERE s.version = $1 ORDER BY s.order_id`,
      [version],
    );
  }
  await pool.query('DROP TABLE staged');
  await pool.query('VACUUM ANALYZE');
};
