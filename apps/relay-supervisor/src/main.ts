import { runService, startService } from '@orderline/service-host';
import { RelaySupervisorModule } from './app.module.ts';
import { readConfig } from './config.ts';
import { identity } from './identity.ts';

await runService(() => {
  const config = readConfig();
  return startService({ ...identity, module: RelaySupervisorModule.with(config), config });
});
