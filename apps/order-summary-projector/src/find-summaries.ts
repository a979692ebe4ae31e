import { formatMoney } from '@orderline/money';
import type { Queryable } from '@orderline/postgres';
import type { z } from 'zod';

import type { summary } from './summary-shapes.ts';

export type Summary = z.output<typeof summary>;
export type Position = { readonly createdAt: string; readonly orderId: string };
type Filter = {
  readonly status?: string | undefined;
  readonly customerId?: string | undefined;
  readonly restaurantId?: string | undefined;
};

const selectSummaries = `
  SELECT order_id, version, status, customer_id, restaurant_id, currency, total_minor, paid_minor, refunded_minor, item_count,
    created_at, updated_at
  FROM order_summary WHERE generation = serving_generation('order-summary')`;

export const findSummary = async (client: Queryable, orderId: string): Promise<Summary | undefined> => {
  const text = `${selectSummaries} AND order_id = $1`;
  const { rows } = await client.query<StoredSummary>({ name: 'find_summary', text, values: [orderId] });
  return rows[0] && toSummary(rows[0]);
};

/** Newest first, from behind `after` on. */
export const findSummaries = async (
  client: Queryable,
  { status, customerId, restaurantId }: Filter,
  { after, limit }: { after: Position | undefined; limit: number },
): Promise<Summary[]> => {
  const values: unknown[] = [];
  const given = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    status !== undefined && `status = ${given(status)}`,
    customerId !== undefined && `customer_id = ${given(customerId)}`,
    restaurantId !== undefined && `restaurant_id = ${given(restaurantId)}`,
    after && `(created_at, order_id) < (${given(after.createdAt)}, ${given(after.orderId)})`,
  ].filter((condition) => typeof condition === 'string');
  const text = [selectSummaries, ...conditions].join(' AND ');
  const { rows } = await client.query<StoredSummary>(
    `${text} ORDER BY created_at DESC, order_id DESC LIMIT ${given(limit)}`,
    values,
  );
  return rows.map(toSummary);
};

type StoredSummary = {
  order_id: string;
  version: number;
  status: string;
  customer_id: string;
  restaurant_id: string;
  currency: string;
  total_minor: string;
  paid_minor: string;
  refunded_minor: string;
  item_count: number;
  created_at: Date;
  updated_at: Date;
};

const toSummary = (row: StoredSummary): Summary => ({
  orderId: row.order_id,
  version: row.version,
  status: row.status,
  customerId: row.customer_id,
  restaurantId: row.restaurant_id,
  currency: row.currency,
  total: formatMoney(Number(row.total_minor), row.currency),
  paid: formatMoney(Number(row.paid_minor), row.currency),
  refunded: formatMoney(Number(row.refunded_minor), row.currency),
  itemCount: row.item_count,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});
