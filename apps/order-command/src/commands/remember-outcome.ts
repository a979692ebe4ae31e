import type { Receipt } from '@orderline/event-store';
import type { Queryable } from '@orderline/postgres';

type ReceiptRow = { key: string; order_id: string; version: number; status: number; fingerprint: string };

/**
 * Keeps the outcome of a command that changed nothing under its Idempotency-Key. Where the key has been used within 24
 * hours nothing is written and that use's receipt is the answer; a racing twin waits for the first to commit.
 */
export const rememberOutcome = async (database: Queryable, receipt: Receipt): Promise<Receipt | undefined> => {
  const { key, orderId, version, status, fingerprint } = receipt;
  const { rows } = await database.query<ReceiptRow>({
    name: 'remember_outcome',
    text: `
      WITH earlier AS MATERIALIZED (SELECT * FROM claim_receipt($1::text)),
      kept AS (
        INSERT INTO receipt (key, day, order_id, version, status, fingerprint, recorded_at)
        SELECT $1::text, (now() AT TIME ZONE 'UTC')::date, $2::uuid, $3::int, $4::smallint, $5::text, now()
        WHERE NOT EXISTS (SELECT FROM earlier)
      )
      SELECT key, order_id, version, status, fingerprint FROM earlier`,
    values: [key, orderId, version, status, fingerprint],
  });
  const [row] = rows;
  return (
    row && {
      key: row.key,
      orderId: row.order_id,
      version: row.version,
      status: row.status,
      fingerprint: row.fingerprint,
    }
  );
};
