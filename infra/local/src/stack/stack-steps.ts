import { join } from 'node:path';
import { composeUp, type Compose } from '../docker/compose.ts';
import { appPart } from '../parts/app-part.ts';
import type { PortName } from '../ports/port-plan.ts';
import { provisionSteps, waitSteps, type Steps } from '../provision/steps.ts';
import { addressesOf } from './addresses.ts';
import { presentApps, type StackApp } from './apps.ts';
import { portsSeenBy } from './detours.ts';
import type { StackMode } from './mode.ts';
import { repository } from './repository.ts';
import { nativeServerSteps, type NativeServers } from './server-steps.ts';

export type StackSurroundings = NativeServers & {
  readonly mode: StackMode;
  readonly compose: Compose;
  readonly appEnv: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** The ports that this process's own servers will listen on. */
export const serverPorts = (mode: StackMode): readonly PortName[] =>
  mode === 'native' ? ['postgres', 'kafka', 'kafka-controller', 'registry', 'registry-management', 'connect'] : [];

/** A whole start, from nothing to apps that are ready. Every app's database is migrated, also of those that do not run. */
export const stackSteps = (mode: StackMode, apps: readonly StackApp[], around: StackSurroundings): Steps => ({
  ...serverSteps(mode, around),
  ...provisionSteps(around.addresses, presentApps(repository)),
  ...Object.fromEntries(apps.map((app) => [app.name, appStep(app, around)])),
});

const serverSteps = (mode: StackMode, around: StackSurroundings): Steps => {
  switch (mode) {
    case 'native':
      return nativeServerSteps(around);
    case 'docker':
      return {
        docker: {
          title: 'Docker Compose',
          after: [],
          run: async () => {
            await composeUp(around.compose);
            return undefined;
          },
        },
        ...waitSteps(around.addresses, ['docker']),
      };
    case 'external':
      return waitSteps(around.addresses, []);
  }
};

const appAfter: Record<StackApp['kind'], readonly string[]> = {
  command: ['schemas'],
  projector: ['migrations', 'topics', 'schemas'],
  supervisor: ['relay'],
  // It shows how the others come up, and builds its page meanwhile.
  console: [],
};

const appStep = (app: StackApp, around: StackSurroundings): Steps[string] => ({
  title: app.name,
  after: appAfter[app.kind],
  run: async (signal) => {
    const env = around.appEnv[app.name] ?? {};
    const { mode, ports, home, detours } = around;
    const addresses = addressesOf(mode, around.env, portsSeenBy(app.name, ports, detours));
    await around.launch(appPart(app, { addresses, ports, env, compileCache: join(home, 'compile-cache') }), signal);
    return `http://127.0.0.1:${ports[app.name]}`;
  },
});
