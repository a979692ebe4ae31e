import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describeProjector, type ProjectorApp } from '@orderline/projector-host';
import { describeService } from '@orderline/service-host';

const repository = fileURLToPath(new URL('../..', import.meta.url));
export const openapiFolder = join(repository, 'schemas', 'openapi');

type Identity = { readonly name: string; readonly version: string; readonly description: string };
type RootModule = { readonly with: (config: object) => Parameters<typeof describeService>[0]['module'] };

/** Loaded by path, since nobody imports an app: an app that comes is found. */
const exportsOf = async (app: string, file: string): Promise<unknown[]> =>
  Object.values(
    (await import(pathToFileURL(join(repository, 'apps', app, 'src', file)).href)) as Record<string, unknown>,
  );

const isProjector = (value: unknown): value is ProjectorApp =>
  typeof value === 'object' && value !== null && 'projections' in value;
const isRootModule = (value: unknown): value is RootModule => typeof value === 'function' && 'with' in value;

const describeApp = async (app: string): Promise<Record<string, unknown>> => {
  if (existsSync(join(repository, 'apps', app, 'src', 'app.ts'))) {
    const projector = (await exportsOf(app, 'app.ts')).find(isProjector);
    if (projector) return describeProjector(projector);
  }
  const module = (await exportsOf(app, 'app.module.ts')).find(isRootModule);
  const [identity] = (await exportsOf(app, 'identity.ts')) as Identity[];
  if (!module || !identity) throw new Error(`apps/${app} has neither app.ts nor app.module.ts and identity.ts`);
  return describeService({ ...identity, module: module.with({}) });
};

const servesHttp = (app: string): boolean =>
  ['app.ts', 'app.module.ts'].some((file) => existsSync(join(repository, 'apps', app, 'src', file)));

/** What schemas/openapi has to hold: file name to text. Nothing is started. */
export const describeApps = async (): Promise<ReadonlyMap<string, string>> => {
  const apps = readdirSync(join(repository, 'apps')).filter(servesHttp).sort();
  const descriptions = apps.map(async (app): Promise<[string, string]> => {
    return [`${app}.json`, `${JSON.stringify(await describeApp(app), null, 2)}\n`];
  });
  return new Map(await Promise.all(descriptions));
};
