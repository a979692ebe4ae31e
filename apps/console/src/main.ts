import { runService, startService } from '@orderline/service-host';
import { ConsoleModule } from './app.module.ts';
import { readConfig } from './config.ts';
import { identity } from './identity.ts';

await runService(() => {
  const config = readConfig();
  return startService({ ...identity, module: ConsoleModule.with(config), config });
});
