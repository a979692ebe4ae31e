import { runService, startService } from '@orderline/service-host';
import { OrderSummaryModule } from './app.module.ts';
import { readConfig } from './config.ts';

await runService(() => {
  const config = readConfig();
  return startService({
    name: 'order-summary-projector',
    version: '0.1.0',
    description: 'Orders as they are now, one row each, built from the events on the topic.',
    module: OrderSummaryModule.with(config),
    config,
  });
});
