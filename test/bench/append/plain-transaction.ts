import { createHash } from 'node:crypto';
import { withTransaction, type Pool } from '@orderline/postgres';
import { newId, sampleData, sampleMetadata, samplePayload } from '../orders/sample-order.ts';

/** The same two rows as they are usually written: BEGIN, SELECT the version, INSERT, INSERT, COMMIT; the hash made here. */
export const plainTransaction = (pool: Pool) => (): Promise<void> =>
  withTransaction(pool, async (client) => {
    const orderId = newId();
    const eventId = newId();
    await client.query({
      name: 'plain_version',
      text: 'SELECT version, recorded_at, hash FROM event WHERE order_id = $1 ORDER BY version DESC LIMIT 1',
      values: [orderId],
    });
    const recordedAt = new Date();
    const hash = createHash('sha256')
      .update(JSON.stringify([orderId, eventId, sampleData]))
      .digest();
    await client.query({
      name: 'plain_event',
      text: 'INSERT INTO event VALUES ($1, 1, $2, $3, 3, $4, $5, $6, $7)',
      values: [orderId, eventId, 'OrderCreated', JSON.stringify(sampleData), sampleMetadata, recordedAt, hash],
    });
    await client.query({
      name: 'plain_outbox',
      text: `INSERT INTO outbox VALUES ($1::uuid, 'orders', $2::text, $3, $4::timestamptz AT TIME ZONE 'UTC', '1.0', $1,
        '/orderline/order-command', 'orderline.orders.OrderCreated', $2::text, $5, 'application/avro', 'OrderCreated', '1', $6, $7)`,
      values: [
        eventId,
        orderId,
        samplePayload,
        recordedAt,
        recordedAt.toISOString(),
        sampleMetadata.correlationId,
        sampleMetadata.traceparent,
      ],
    });
  });
