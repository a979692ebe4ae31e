import { runService, startService } from '@orderline/service-host';
import { AnalyticsModule } from './app.module.ts';
import { readConfig } from './config.ts';

await runService(() => {
  const config = readConfig();
  return startService({
    name: 'analytics-projector',
    version: '0.1.0',
    description:
      'Revenue, funnel, and how many orders had which status at any instant, built from the events on the topic.',
    module: AnalyticsModule.with(config),
    config,
  });
});
