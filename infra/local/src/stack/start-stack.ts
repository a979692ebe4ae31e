import { join, resolve } from 'node:path';
import { composeOf, composeStop } from '../docker/compose.ts';
import { withEnvironment, type Part } from '../parts/part.ts';
import { PartSet, type PartStatus } from '../parts/part-set.ts';
import type { PartNews } from '../parts/supervised-part.ts';
import { assertPortsFree } from '../ports/assert-free.ts';
import { portPlan, type PortName, type Ports } from '../ports/port-plan.ts';
import { stopLeftOvers } from '../processes/pid-file.ts';
import { restartRelay } from '../provision/relay.ts';
import { watchRelay } from '../provision/watch-relay.ts';
import { addressesOf, type Addresses } from './addresses.ts';
import { presentApps, type StackApp } from './apps.ts';
import type { Detour } from './detours.ts';
import type { StackMode } from './mode.ts';
import { repository } from './repository.ts';
import { runSteps, type StepReport } from './run-steps.ts';
import { deleteStackData, stackFolder, type StackFolder } from './stack-folder.ts';
import { markReady, releaseLock, takeLock } from './stack-lock.ts';
import { serverPorts, stackSteps } from './stack-steps.ts';

export type StackSettings = {
  /** Stacks of different names have their own data, logs and processes. */
  readonly name: string;
  /** Holds artefacts and stacks; ORDERLINE_HOME or `.orderline` of the clone when left out. */
  readonly home?: string;
  /** Who runs the servers; native when left out. */
  readonly mode?: StackMode;
  /** Begin with empty databases and topics: what this stack kept from earlier runs is deleted. */
  readonly fresh?: boolean;
  /** Moves every port; ORDERLINE_PORT_OFFSET when left out. */
  readonly portOffset?: number;
  /** Names of apps to run; every one that is there when left out. */
  readonly apps?: readonly string[];
  /** Environment of single apps, on top of what the stack gives them. */
  readonly appEnv?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Environment of single servers of a native stack, on top of this process's own. */
  readonly serverEnv?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Connections of single parts that go by way of somebody else's port; of a native stack only. */
  readonly detours?: readonly Detour[];
  /** Where settings of the stack are read from; this process's environment when left out. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onStep?: (report: StepReport) => void;
  /** How long a part must have run for its earlier deaths, and the longer wait after each, to be forgotten; a minute when left out. */
  readonly forgivenAfterMs?: number;
  /** Deaths and returns of parts. */
  readonly onNews?: (news: PartNews) => void;
  readonly onNotice?: (notice: string) => void;
  /** Aborting it while the stack starts stops what has been started. */
  readonly signal?: AbortSignal;
};

export type Stack = {
  readonly addresses: Addresses;
  readonly ports: Ports;
  readonly folder: StackFolder;
  /** Of each app that runs, by name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly parts: () => PartStatus[];
  /** Stops one part gracefully and starts it; resolves when it is ready. */
  readonly restart: (part: string) => Promise<void>;
  /** Stops one part until `restart` brings it back. */
  readonly halt: (part: string) => Promise<void>;
  /** Signals a part's process and no other; supervision restarts it if that ends it. */
  readonly kill: (part: string, signal: NodeJS.Signals) => void;
  /** Restarts the connector inside Connect; resolves when the relay runs again. */
  readonly restartRelay: () => Promise<void>;
  /** Stops everything, apps first; no process is left. May be called twice. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts a whole stack, provisions it and starts its apps; resolves when every app is ready. What a killed run left behind
 * is stopped first. Throws StackRunning when this stack runs already, and otherwise with the reason, having stopped
 * everything it had started.
 */
export const startStack = async (settings: StackSettings): Promise<Stack> => {
  const plan = planOf(settings);
  const { folder, ports, addresses, apps } = plan;
  takeLock(folder.lock, { ports, mode: plan.mode, apps: apps.map(({ name }) => name) });
  const parts = new PartSet(folder, {
    onNews: plan.onNews,
    ...(settings.forgivenAfterMs !== undefined && { forgivenAfterMs: settings.forgivenAfterMs }),
  });
  process.once('exit', parts.abandonAll);
  const watching = new AbortController();
  const stop = async (): Promise<void> => {
    watching.abort();
    await parts.stopAll();
    process.removeListener('exit', parts.abandonAll);
    if (plan.mode === 'docker') await composeStop(plan.compose);
    releaseLock(folder.lock);
  };
  try {
    const left = await stopLeftOvers(folder.pids);
    if (left.length > 0) plan.onNotice(`stopped what a killed run had left: ${left.join(', ')}`);
    if (settings.fresh === true) deleteStackData(folder);
    await assertPortsFree(ports, [...serverPorts(plan.mode), ...apps.map(({ name }) => name)]);
    const launch = (part: Part, signal: AbortSignal): Promise<void> =>
      parts.launch(withEnvironment(part, plan.serverEnv[part.name]), signal);
    const steps = stackSteps(plan.mode, apps, { ...plan, launch });
    await runSteps(steps, plan.onStep, plan.signal);
    markReady(folder.lock);
  } catch (error) {
    await stop();
    throw error;
  }
  void watchRelay(`http://127.0.0.1:${ports['relay-supervisor']}`, { onNews: plan.onNews, signal: watching.signal });
  return {
    addresses,
    ports,
    folder,
    urls: Object.fromEntries(apps.map(({ name }) => [name, `http://127.0.0.1:${ports[name]}`])),
    parts: () => parts.status(),
    restart: (part) => parts.get(part).restart(),
    halt: (part) => parts.get(part).stop(),
    kill: (part, signal) => parts.get(part).kill(signal),
    restartRelay: () => restartRelay(addresses),
    stop,
  };
};

/** The settings with everything that was left out filled in. */
const planOf = (settings: StackSettings) => {
  const env = settings.env ?? process.env;
  const home = resolve(settings.home ?? homeOf(env));
  const ports = portPlan(env, settings.portOffset);
  const folder = stackFolder(home, settings.name);
  return {
    env,
    home,
    ports,
    addresses: addressesOf(settings.mode ?? 'native', env, ports),
    folder,
    compose: composeOf(settings.name, ports, folder),
    mode: settings.mode ?? ('native' as const),
    apps: chosenApps(settings.apps),
    appEnv: settings.appEnv ?? {},
    serverEnv: settings.serverEnv ?? {},
    detours: settings.detours ?? [],
    ...listeners(settings),
  };
};

const listeners = ({ onStep = ignore, onNews = ignore, onNotice = ignore, signal }: StackSettings) => ({
  onStep,
  onNews,
  onNotice,
  signal: signal ?? new AbortController().signal,
});

/** Where artefacts and stacks are kept. */
export const homeOf = (env: NodeJS.ProcessEnv): string => env['ORDERLINE_HOME'] ?? join(repository, '.orderline');

const chosenApps = (names: readonly string[] | undefined): readonly StackApp[] => {
  const present = presentApps(repository);
  const unknown = names?.filter((name) => !present.some((app) => app.name === name)) ?? [];
  if (unknown.length > 0)
    throw new Error(
      `no such app: ${unknown.join(', ')}; there are ${present.map((app): PortName => app.name).join(', ')}`,
    );
  return names === undefined ? present : present.filter(({ name }) => names.includes(name));
};

const ignore = (): void => undefined;
