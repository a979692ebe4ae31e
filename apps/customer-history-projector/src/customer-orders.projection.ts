import { orderSummaries } from '@orderline/read-models';

/** The orders of each customer, as they are now. */
export const customerOrders = orderSummaries({ name: 'customer-orders', table: 'customer_order' });
