import { formatMoney } from '@orderline/money';
import { z } from 'zod';

export const statuses = [
  'Created',
  'Confirmed',
  'Preparing',
  'Ready',
  'OutForDelivery',
  'Delivered',
  'Cancelled',
] as const;

const instant = z.iso.datetime();

/** `Summary` of the contract: an order in one line, amounts as decimals of its currency. */
export const summary = z
  .object({
    orderId: z.string(),
    version: z.int(),
    status: z.enum(statuses),
    customerId: z.string(),
    restaurantId: z.string(),
    currency: z.string(),
    total: z.string(),
    paid: z.string(),
    refunded: z.string(),
    itemCount: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Summary' });

export type Summary = z.output<typeof summary>;

/** `Page<Summary>` of the contract. */
export const summaryPage = z.object({ items: z.array(summary), next: z.string().nullable() });

/** A row as it comes from selecting `summaryColumns`: the driver's dates, bigints as text. */
export type StoredSummary = Omit<Summary, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What to select from a table of orderSummaries, for toSummary. */
export const summaryColumns = `order_id AS "orderId", version, status, customer_id AS "customerId",
    restaurant_id AS "restaurantId", currency, total_minor AS total, paid_minor AS paid, refunded_minor AS refunded,
    item_count AS "itemCount", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Throws InvalidMoney for a currency that is none. */
export const toSummary = (row: StoredSummary): Summary => ({
  ...row,
  total: formatMoney(Number(row.total), row.currency),
  paid: formatMoney(Number(row.paid), row.currency),
  refunded: formatMoney(Number(row.refunded), row.currency),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});
