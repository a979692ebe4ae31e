import { readFileSync } from 'node:fs';
import { createPool } from '@orderline/postgres';
import { waitUntil } from '../processes/wait-until.ts';
import { databaseUrl, type Addresses } from '../stack/addresses.ts';

type ConnectorFile = { readonly name: string; readonly config: Readonly<Record<string, string>> };
type TaskState = 'UNASSIGNED' | 'RUNNING' | 'PAUSED' | 'FAILED' | 'RESTARTING' | 'STOPPED';
export type RelayStatus = {
  readonly connector: TaskState | 'MISSING';
  readonly task: TaskState | 'MISSING';
  /** Why the task failed. */
  readonly trace: string | undefined;
};

/** infra/debezium/outbox-connector.json */
export const declaredConnector = (): ConnectorFile =>
  JSON.parse(
    readFileSync(new URL('../../../debezium/outbox-connector.json', import.meta.url), 'utf8'),
  ) as ConnectorFile;

/**
 * Gives Connect the connector's settings and resolves when its task runs and PostgreSQL says that the slot is in use: the
 * status alone says RUNNING before that, and after. Resolves with `lost` where the slot is, for a person to heal: everything
 * else can work. Throws with the task's trace when it fails.
 */
export const startRelay = async (addresses: Addresses, signal?: AbortSignal): Promise<'running' | 'lost'> => {
  const { name, config } = declaredConnector();
  const put = (): Promise<boolean> => accepted(addresses, 'PUT', `/connectors/${name}/config`, config);
  if (!(await waitUntil(put, { withinMs: 30_000, everyMs: 250, ...(signal && { signal }) }))) {
    throw new Error('Kafka Connect did not take the settings of the connector within 30 s');
  }
  if ((await slotState(addresses)) === 'lost') return 'lost';
  await relayRunning(addresses, { withinMs: 60_000, ...(signal && { signal }) });
  return 'running';
};

/** Whether Connect says that the task runs and PostgreSQL that the slot is in use. */
const isRelayAtWork = async (addresses: Addresses): Promise<boolean> =>
  (await relayStatus(addresses)).task === 'RUNNING' && (await slotState(addresses)) === 'active';

/** Resolves when the relay is at work; throws with what each part of it says when it is not in time, or stays failed. */
const relayRunning = async (
  addresses: Addresses,
  patience: { withinMs: number; signal?: AbortSignal },
): Promise<void> => {
  let failedSince = Number.POSITIVE_INFINITY;
  // A state from before a restart may be told for a moment.
  const isLost = async (): Promise<boolean> => {
    if ((await relayStatus(addresses)).task !== 'FAILED') failedSince = Number.POSITIVE_INFINITY;
    else failedSince = Math.min(failedSince, performance.now());
    return performance.now() - failedSince > 5_000;
  };
  const settled = (): Promise<boolean> => isRelayAtWork(addresses).then((atWork) => atWork || isLost());
  await waitUntil(settled, { ...patience, everyMs: 100 });
  if (await isRelayAtWork(addresses)) return;
  const { connector, task, trace } = await relayStatus(addresses);
  const slot = await slotState(addresses);
  throw new Error(
    `the relay does not run: connector ${connector}, task ${task}, slot ${slot}\n${trace ?? ''}`.trimEnd(),
  );
};

export const relayStatus = async (addresses: Addresses): Promise<RelayStatus> => {
  const none: RelayStatus = { connector: 'MISSING', task: 'MISSING', trace: undefined };
  try {
    const response = await ask(addresses, 'GET', `/connectors/${declaredConnector().name}/status`);
    if (!response.ok) return none;
    const { connector, tasks } = (await response.json()) as {
      connector: { state: TaskState };
      tasks: { state: TaskState; trace?: string }[];
    };
    return { connector: connector.state, task: tasks[0]?.state ?? 'MISSING', trace: tasks[0]?.trace };
  } catch {
    return none;
  }
};

/** Restarts the connector and its task inside the worker; resolves when the relay runs again. */
export const restartRelay = async (addresses: Addresses): Promise<void> => {
  if (!(await waitUntil(() => askForRestart(addresses), { withinMs: 30_000, everyMs: 250 }))) {
    throw new Error('Kafka Connect did not restart the connector within 30 s');
  }
  await relayRunning(addresses, { withinMs: 60_000 });
};

/** Asks Connect to restart connector and task; false when it cannot now. */
const askForRestart = (addresses: Addresses): Promise<boolean> =>
  accepted(addresses, 'POST', `/connectors/${declaredConnector().name}/restart?includeTasks=true&onlyFailed=false`);

/** lost: it is not there, or the server has given it up. */
const slotState = async (addresses: Addresses): Promise<'active' | 'not active' | 'lost' | 'unknown'> => {
  const pool = createPool({
    databaseUrl: databaseUrl(addresses, 'orders'),
    applicationName: 'orderline relay',
    max: 1,
  });
  try {
    const { rows } = await pool.query<{ active: boolean; lost: boolean }>(
      `SELECT active, wal_status = 'lost' AS lost FROM pg_replication_slots WHERE slot_name = 'orderline_outbox'`,
    );
    const [slot] = rows;
    if (slot === undefined || slot.lost) return 'lost';
    return slot.active ? 'active' : 'not active';
  } catch {
    return 'unknown';
  } finally {
    await pool.end();
  }
};

/** False while the worker cannot take requests: not there yet (no connection), or rebalancing (409, 5xx). */
const accepted = async (addresses: Addresses, method: string, path: string, body?: unknown): Promise<boolean> => {
  let response: Response;
  try {
    response = await ask(addresses, method, path, body);
  } catch {
    return false;
  }
  if (response.ok) return true;
  if (response.status === 409 || response.status === 404 || response.status >= 500) return false;
  throw new Error(`Kafka Connect refused ${method} ${path}: ${response.status} ${await response.text()}`);
};

const ask = ({ connectUrl }: Addresses, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${connectUrl}${path}`, {
    method,
    signal: AbortSignal.timeout(10_000),
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
