import type { Queryable } from '@orderline/postgres';
import { summaryColumns, toSummary, type Position, type StoredSummary, type Summary } from '@orderline/read-models';

const text = `
  SELECT ${summaryColumns}
  FROM customer_order
  WHERE generation = serving_generation('customer-orders') AND customer_id = $1
    AND (created_at, order_id) < ($2::timestamptz, $3::uuid)
  ORDER BY created_at DESC, order_id DESC
  LIMIT $4`;

const newest: Position = { at: 'infinity', orderId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Newest first, from behind `after` on. */
export const findCustomerOrders = async (
  client: Queryable,
  customerId: string,
  { after = newest, limit }: { after: Position | undefined; limit: number },
): Promise<Summary[]> => {
  const values = [customerId, after.at, after.orderId, limit];
  const { rows } = await client.query<StoredSummary>({ name: 'customer-orders', text, values });
  return rows.map(toSummary);
};
