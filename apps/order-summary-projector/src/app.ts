import type { ProjectorApp } from '@orderline/projector-host';
import { OrderSummaryController } from './order-summary.controller.ts';
import { orderSummary } from './order-summary.projection.ts';

export const orderSummaryApp: ProjectorApp = {
  name: 'order-summary-projector',
  version: '0.1.0',
  description: 'Orders as they are now, one row each, built from the events on the topic.',
  port: 3001,
  projections: [orderSummary],
  controllers: [OrderSummaryController],
};
