import type { Pool } from '@orderline/postgres';

/**
 * Rows of the outbox, each committed by itself as a lone append does, since what a relay does for each transaction is most of
 * its work. Nobody waits for the disk meanwhile.
 */
export const writeBacklog = async (admin: Pool, rows: number): Promise<void> => {
  const client = await admin.connect();
  try {
    await client.query('SET synchronous_commit TO off');
    await client.query(`DO $$
      DECLARE
        id uuid;
      BEGIN
        FOR nth IN 1..${rows} LOOP
          id := uuidv7();
          INSERT INTO outbox VALUES (
            id, 'orders', id, decode(repeat('5a', 300), 'hex'), now() AT TIME ZONE 'UTC', '1.0', id, '/orderline/order-command',
            'orderline.orders.OrderCreated', id, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'application/avro', 'OrderCreated', '1', 'correlation-123456',
            '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
          );
          COMMIT;
        END LOOP;
      END $$`);
  } finally {
    client.release(true);
  }
};
