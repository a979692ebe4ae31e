import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppProjection, ProjectionPort } from './projection-port.ts';

type Definition = { readonly projections: readonly ProjectionPort[] };

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && 'projections' in value && Array.isArray(value.projections);

/**
 * The projections of every projector below `appsFolder`, as `src/app.ts` of each defines them. Loaded by path, since
 * nobody imports an app: a projector that comes is found, and none has to be named here. Throws when one does not load.
 */
export const findProjections = async (appsFolder: string): Promise<AppProjection[]> => {
  const apps = readdirSync(appsFolder).filter((app) => existsSync(join(appsFolder, app, 'src', 'app.ts')));
  const found = apps.sort().map(async (app) => {
    const url = pathToFileURL(join(appsFolder, app, 'src', 'app.ts'));
    const exported = Object.values((await import(url.href)) as object).filter(isDefinition);
    return exported.flatMap(({ projections }) => projections.map((projection) => ({ app, projection })));
  });
  return (await Promise.all(found)).flat();
};
