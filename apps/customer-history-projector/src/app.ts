import type { ProjectorApp } from '@orderline/projector-host';
import { CustomerOrdersController } from './customer-orders.controller.ts';
import { customerOrders } from './customer-orders.projection.ts';

export const customerHistoryApp: ProjectorApp = {
  name: 'customer-history-projector',
  version: '0.1.0',
  description: 'The orders of each customer, newest first, built from the events on the topic.',
  port: 3003,
  projections: [customerOrders],
  controllers: [CustomerOrdersController],
};
