import { join } from 'node:path';
import { portVariables, type Ports } from '../ports/port-plan.ts';
import { launch } from '../processes/launch.ts';
import { logTail } from '../processes/log-tail.ts';
import type { StackFolder } from '../stack/stack-folder.ts';
import { repository } from '../stack/repository.ts';

export const composeFile = join(repository, 'docker-compose.yml');
/** The servers; the apps of the file's profile run in their place only when somebody asks Compose for them. */
const servers = ['postgres', 'kafka', 'registry', 'connect'];

export type Compose = { readonly project: string; readonly ports: Ports; readonly logFile: string };

/** Stacks of different names are projects of their own. */
export const composeOf = (name: string, ports: Ports, folder: StackFolder): Compose => ({
  project: `orderline-${name}`,
  ports,
  logFile: folder.logOf('docker'),
});

/** Starts the servers of docker-compose.yml, in the background; whether they are ready is asked of them. */
export const composeUp = (compose: Compose): Promise<void> => run(compose, ['up', '--detach', ...servers]);

/** Stops them and keeps their volumes. */
export const composeStop = (compose: Compose): Promise<void> => run(compose, ['stop', ...servers]);

/** Removes containers and volumes. */
export const composeDelete = (compose: Compose): Promise<void> => run(compose, ['down', '--volumes']);

const run = async ({ project, ports, logFile }: Compose, words: readonly string[]): Promise<void> => {
  const args = ['compose', '--file', composeFile, '--project-name', project, ...words];
  const docker = await launch({ file: 'docker', args, cwd: repository, env: portVariables(ports) }, logFile);
  const { code } = await docker.exited;
  if (code !== 0) throw new Error(`docker ${args.join(' ')} failed:\n${logTail(logFile, 12).join('\n')}`);
};
