import type { ProjectorApp } from '@orderline/projector-host';
import { DashboardController } from './board/dashboard.controller.ts';
import { openOrders } from './board/open-orders.projection.ts';
import { preparations } from './board/preparations.projection.ts';
import { restaurantDays } from './board/restaurant-days.projection.ts';
import { restaurantRevenue } from './board/restaurant-revenue.projection.ts';
import { DashboardStreamController } from './stream/dashboard-stream.controller.ts';
import { LiveDashboards } from './stream/live-dashboards.ts';

export const restaurantDashboardApp: ProjectorApp = {
  name: 'restaurant-dashboard-projector',
  version: '0.1.0',
  description: 'What each restaurant has open now and did on a day, live, built from the events on the topic.',
  port: 3002,
  projections: [openOrders, restaurantDays, restaurantRevenue, preparations],
  controllers: [DashboardController, DashboardStreamController],
  providers: [LiveDashboards],
};
