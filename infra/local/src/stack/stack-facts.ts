import { connect } from 'node:net';
import { httpReady } from '../parts/http-ready.ts';
import { portPlan, type PortName, type Ports } from '../ports/port-plan.ts';
import { readPidFile } from '../processes/pid-file.ts';
import { isAlive } from '../processes/process-identity.ts';
import { relayStatus } from '../provision/relay.ts';
import { askRelay } from '../provision/watch-relay.ts';
import { addressesOf, type Addresses } from './addresses.ts';
import { parseMode, type StackMode } from './mode.ts';
import { homeOf } from './start-stack.ts';
import { stackFolder, type StackFolder } from './stack-folder.ts';
import { readSupervisor, type Supervisor } from './stack-lock.ts';

/** A stack seen from outside the process that runs it. */
export type StackView = {
  readonly folder: StackFolder;
  readonly mode: StackMode;
  readonly ports: Ports;
  readonly addresses: Addresses;
  /** Undefined when it does not run. */
  readonly supervisor: Supervisor | undefined;
};

/** The stack of this name as its supervisor noted it; as it would be started when there is none. */
export const viewStack = (name: string, env: NodeJS.ProcessEnv): StackView => {
  const folder = stackFolder(homeOf(env), name);
  const supervisor = readSupervisor(folder.lock);
  const ports = supervisor?.ports ?? portPlan(env);
  const mode = supervisor?.mode ?? parseMode(env['ORDERLINE_STACK']) ?? 'native';
  return { folder, mode, ports, supervisor, addresses: addressesOf(mode, env, ports) };
};

export type PartHealth = {
  readonly name: string;
  readonly answers: boolean;
  readonly address: string;
  readonly pid: number | undefined;
  readonly logFile: string;
};

const healthPath = { connect: '/connectors', registry: '/apis/ccompat/v7/subjects' } as const;

/** Asks every server and every app of the stack whether it answers, and the relay whether it runs. */
export const stackHealth = async (view: StackView): Promise<PartHealth[]> => {
  const names = ['postgres', 'kafka', 'registry', 'connect', ...(view.supervisor?.apps ?? [])] as PortName[];
  const parts = await Promise.all(names.map((name) => partHealth(view, name)));
  return [...parts, { ...pidAndLog(view.folder, 'connect'), name: 'relay', ...(await relayHealth(view)) }];
};

/** As its supervisor sees it; without one, what Connect says. */
const relayHealth = async ({ addresses, ports }: StackView): Promise<Pick<PartHealth, 'answers' | 'address'>> => {
  const seen = await askRelay(`http://127.0.0.1:${ports['relay-supervisor']}`);
  const { connector, task } = await relayStatus(addresses);
  const said = `connector ${connector}, task ${task}`;
  if (seen === undefined) return { answers: task === 'RUNNING', address: said };
  return { answers: seen.state === 'flowing' || seen.state === 'idle', address: `${seen.state}, ${said}` };
};

const partHealth = async ({ ports, folder }: StackView, name: PortName): Promise<PartHealth> => {
  const address = `127.0.0.1:${ports[name]}`;
  const bare = name === 'postgres' || name === 'kafka';
  const path = name === 'connect' || name === 'registry' ? healthPath[name] : '/health/ready';
  const answers = bare ? await takesConnections(ports[name]) : await httpReady(`http://${address}${path}`);
  return { name, answers, address, ...pidAndLog(folder, name) };
};

const pidAndLog = (folder: StackFolder, name: string): { pid: number | undefined; logFile: string } => {
  const record = readPidFile(folder.pidOf(name));
  return { pid: record !== undefined && isAlive(record) ? record.pid : undefined, logFile: folder.logOf(name) };
};

const takesConnections = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2_000 });
    const answer = (yes: boolean) => (): void => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', answer(true)).once('error', answer(false)).once('timeout', answer(false));
  });
