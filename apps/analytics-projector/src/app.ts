import type { ProjectorApp } from '@orderline/projector-host';
import { FunnelController } from './funnel/funnel.controller.ts';
import { funnel } from './funnel/funnel.projection.ts';
import { RevenueController } from './revenue/revenue.controller.ts';
import { revenue } from './revenue/revenue.projection.ts';
import { StatusCountsController } from './status-counts/status-counts.controller.ts';
import { statusFlow } from './status-counts/status-flow.projection.ts';
import { statusIntervals } from './status-counts/status-intervals.projection.ts';

export const analyticsApp: ProjectorApp = {
  name: 'analytics-projector',
  version: '0.1.0',
  description:
    'Revenue, funnel, and how many orders had which status at any instant, built from the events on the topic.',
  port: 3004,
  projections: [revenue, funnel, statusFlow, statusIntervals],
  controllers: [RevenueController, FunnelController, StatusCountsController],
};
