import { orderSummaries } from '@orderline/read-models';

/** One row per order, as it is now. */
export const orderSummary = orderSummaries({ name: 'order-summary', table: 'order_summary' });
