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
 * status alone says RUNNING before that, and after. Throws with the task's trace when it fails.
 */
export const startRelay = async (addresses: Addresses, signal?: AbortSignal): Promise<void> => {
  const { name, config } = declaredConnector();
  const put = (): Promise<boolean> => accepted(addresses, 'PUT', `/connectors/${name}/config`, config);
  if (!(await waitUntil(put, { withinMs: 30_000, everyMs: 250, ...(signal && { signal }) }))) {
    throw new Error('Kafka Connect did not take the settings of the connector within 30 s');
  }
  await relayRunning(addresses, { withinMs: 60_000, ...(signal && { signal }) });
};

/** Resolves when connector, task and slot are all at work; throws with what each says when they are not in time. */
export const relayRunning = async (
  addresses: Addresses,
  patience: { withinMs: number; signal?: AbortSignal },
): Promise<void> => {
  let status: RelayStatus | undefined;
  const runs = await waitUntil(
    async () => {
      status = await relayStatus(addresses);
      return status.task === 'RUNNING' && (await isSlotActive(addresses));
    },
    { ...patience, everyMs: 100 },
  );
  if (runs) return;
  throw new Error(
    `the relay does not run: connector ${String(status?.connector)}, task ${String(status?.task)}, slot ` +
      `${(await isSlotActive(addresses)) ? 'active' : 'not active'}\n${status?.trace ?? ''}`.trimEnd(),
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
  const path = `/connectors/${declaredConnector().name}/restart?includeTasks=true&onlyFailed=false`;
  if (!(await waitUntil(() => accepted(addresses, 'POST', path), { withinMs: 30_000, everyMs: 250 }))) {
    throw new Error('Kafka Connect did not restart the connector within 30 s');
  }
  await relayRunning(addresses, { withinMs: 60_000 });
};

const isSlotActive = async (addresses: Addresses): Promise<boolean> => {
  const pool = createPool({
    databaseUrl: databaseUrl(addresses, 'orders'),
    applicationName: 'orderline relay',
    max: 1,
  });
  try {
    const { rows } = await pool.query<{ active: boolean }>(
      `SELECT active FROM pg_replication_slots WHERE slot_name = 'orderline_outbox'`,
    );
    return rows[0]?.active === true;
  } catch {
    return false;
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
