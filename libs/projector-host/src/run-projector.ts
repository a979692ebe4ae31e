import { describeService, runService, startService, type RunningService } from '@orderline/service-host';
import { readProjectorConfig, type ProjectorConfig } from './config.ts';
import type { ProjectorApp } from './projector-app.ts';
import { ProjectorModule } from './projector.module.ts';

/**
 * Starts a projector: settings, pool, consumer, registry client, projections, readiness, metrics, control routes and the
 * app's own. Throws what cannot work (settings, a taken port, tables that differ from their definitions); a broker or
 * a registry that is away is waited for. `stop` of the answer commits the batch in flight and drains.
 */
export const startProjector = (app: ProjectorApp, config: ProjectorConfig): Promise<RunningService> => {
  const { name, version, description } = app;
  return startService({ name, version, description, module: ProjectorModule.of(app, config), config });
};

/** The whole of a projector's main: starts it by the environment's settings and drains it at SIGTERM. */
export const runProjector = (app: ProjectorApp): Promise<void> =>
  runService(() => startProjector(app, readProjectorConfig(app)));

/** What `/openapi.json` of the projector answers, without starting it. */
export const describeProjector = (app: ProjectorApp): Promise<Record<string, unknown>> => {
  const config = readProjectorConfig(app, { DATABASE_URL: 'postgres://nobody@127.0.0.1/nowhere' });
  const { name, version, description } = app;
  return describeService({ name, version, description, module: ProjectorModule.of(app, config) });
};
