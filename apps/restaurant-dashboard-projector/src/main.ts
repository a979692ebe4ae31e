import { runService, startService } from '@orderline/service-host';
import { RestaurantDashboardModule } from './app.module.ts';
import { readConfig } from './config.ts';

await runService(() => {
  const config = readConfig();
  return startService({
    name: 'restaurant-dashboard-projector',
    version: '0.1.0',
    description: 'What each restaurant has open now and did on a day, live, built from the events on the topic.',
    module: RestaurantDashboardModule.with(config),
    config,
  });
});
