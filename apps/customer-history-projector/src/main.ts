import { runService, startService } from '@orderline/service-host';
import { CustomerHistoryModule } from './app.module.ts';
import { readConfig } from './config.ts';

await runService(() => {
  const config = readConfig();
  return startService({
    name: 'customer-history-projector',
    version: '0.1.0',
    description: 'The orders of each customer, newest first, built from the events on the topic.',
    module: CustomerHistoryModule.with(config),
    config,
  });
});
