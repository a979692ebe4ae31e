import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import type { Pool } from '@orderline/postgres';
import { newId, sampleData, sampleMetadata } from '../orders/sample-order.ts';

/**
 * Emmett's own way to append the same event to a new stream: a stream row and a message, no outbox row, no hash. It makes its
 * tables first; `pool` is the caller's, so that it has a connection for every caller as the other arms have.
 */
export const emmettAppend = async (pool: Pool, databaseUrl: string): Promise<() => Promise<unknown>> => {
  const store = getPostgreSQLEventStore(databaseUrl, {
    schema: { autoMigration: 'None' },
    connectionOptions: { pool },
  });
  await store.schema.migrate();
  return () =>
    store.appendToStream(`order-${newId()}`, [{ type: 'OrderCreated', data: sampleData, metadata: sampleMetadata }], {
      expectedStreamVersion: STREAM_DOES_NOT_EXIST,
    });
};
