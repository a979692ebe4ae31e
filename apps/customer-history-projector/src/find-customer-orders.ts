import { formatMoney } from '@orderline/money';
import type { Queryable } from '@orderline/postgres';
import type { Position } from './cursor.ts';
import type { Summary } from './summary-shapes.ts';

type StoredSummary = Omit<Summary, 'createdAt' | 'updatedAt'> & { readonly createdAt: Date; readonly updatedAt: Date };

const text = `
  SELECT order_id AS "orderId", version, status, customer_id AS "customerId", restaurant_id AS "restaurantId", currency,
    total_minor AS total, paid_minor AS paid, refunded_minor AS refunded, item_count AS "itemCount",
    created_at AS "createdAt", updated_at AS "updatedAt"
  FROM customer_order
  WHERE generation = serving_generation('customer-orders') AND customer_id = $1
    AND (created_at, order_id) < ($2::timestamptz, $3::uuid)
  ORDER BY created_at DESC, order_id DESC
  LIMIT $4`;

const newest: Position = { createdAt: 'infinity', orderId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Newest first, from behind `after` on. */
export const findCustomerOrders = async (
  client: Queryable,
  customerId: string,
  { after = newest, limit }: { after: Position | undefined; limit: number },
): Promise<Summary[]> => {
  const values = [customerId, after.createdAt, after.orderId, limit];
  const { rows } = await client.query<StoredSummary>({ name: 'customer-orders', text, values });
  return rows.map(toSummary);
};

const toSummary = (row: StoredSummary): Summary => ({
  ...row,
  total: formatMoney(Number(row.total), row.currency),
  paid: formatMoney(Number(row.paid), row.currency),
  refunded: formatMoney(Number(row.refunded), row.currency),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
