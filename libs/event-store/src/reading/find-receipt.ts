import type { Queryable } from '@orderline/postgres';
import type { Receipt } from '../append-request.ts';

const statement = {
  name: 'find_receipt',
  text: `
SELECT key, order_id AS "orderId", version, status, fingerprint
FROM receipt
WHERE key = $1
  AND day >= (now() AT TIME ZONE 'UTC')::date - 1
  AND recorded_at > now() - interval '24 hours'
ORDER BY recorded_at DESC
LIMIT 1`,
};

/** The receipt of a key used within the last 24 hours. */
export const findReceipt = async (queryable: Queryable, key: string): Promise<Receipt | undefined> => {
  const { rows } = await queryable.query<Receipt>({ ...statement, values: [key] });
  return rows[0];
};
