import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stackApps } from '@orderline/local-stack';
import type { ProjectorApp } from '@orderline/projector-host';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export type ProjectorPlace = {
  readonly app: ProjectorApp;
  /** Whose roles run the app and its migrations: `<database>_app`, `<database>_owner`. */
  readonly database: string;
  /** The folder of its migrations. */
  readonly migrations: string;
};

const isProjector = (value: unknown): value is ProjectorApp =>
  typeof value === 'object' && value !== null && 'projections' in value;

/** Every projector of the stack; loaded by path, since nobody imports an app. */
export const projectorApps = (): Promise<ProjectorPlace[]> =>
  Promise.all(
    stackApps
      .filter((app) => app.kind === 'projector')
      .filter(({ folder }) => existsSync(join(repository, 'apps', folder)))
      .map(async ({ folder, database }) => {
        const home = join(repository, 'apps', folder);
        const exported = (await import(pathToFileURL(join(home, 'src/app.ts')).href)) as Record<string, unknown>;
        const app = Object.values(exported).find(isProjector);
        if (app === undefined) throw new Error(`apps/${folder}/src/app.ts exports no projector`);
        return { app, database, migrations: join(home, 'migrations') };
      }),
  );
