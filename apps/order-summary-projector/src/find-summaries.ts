import type { Queryable } from '@orderline/postgres';
import { summaryColumns, toSummary, type Position, type StoredSummary, type Summary } from '@orderline/read-models';

type Filter = {
  readonly status?: string | undefined;
  readonly customerId?: string | undefined;
  readonly restaurantId?: string | undefined;
};

const selectSummaries = `
  SELECT ${summaryColumns}
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
    after && `(created_at, order_id) < (${given(after.at)}, ${given(after.orderId)})`,
  ].filter((condition) => typeof condition === 'string');
  const text = [selectSummaries, ...conditions].join(' AND ');
  const { rows } = await client.query<StoredSummary>(
    `${text} ORDER BY created_at DESC, order_id DESC LIMIT ${given(limit)}`,
    values,
  );
  return rows.map(toSummary);
};
