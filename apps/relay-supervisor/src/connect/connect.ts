import { z } from 'zod';

export type WorkState = 'UNASSIGNED' | 'RUNNING' | 'PAUSED' | 'FAILED' | 'RESTARTING' | 'STOPPED';
/** As Connect says; MISSING: it knows no such connector (or task), UNREACHABLE: it does not answer. */
export type SaidState = WorkState | 'MISSING' | 'UNREACHABLE';

export type ConnectorStatus = {
  readonly connector: SaidState;
  readonly task: SaidState;
  /** Why the task failed. */
  readonly trace: string | undefined;
};

/** How far the connector has delivered to Kafka, by the offset that Connect keeps; `at` in epoch milliseconds. */
export type Delivered = { readonly position: bigint; readonly at: number | null };

/** One connector of a Kafka Connect cluster, over its REST routes. All but `status` throw where it does not do as told. */
export type Connect = {
  readonly status: () => Promise<ConnectorStatus>;
  /** Undefined where there is none yet, or Connect does not answer. */
  readonly delivered: () => Promise<Delivered | undefined>;
  readonly restart: () => Promise<void>;
  /** The connector keeps its settings and offsets, and no task runs. */
  readonly stop: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** Only of a stopped connector: it then goes on where its slot stands. */
  readonly forgetOffsets: () => Promise<void>;
};

const state = z.enum(['UNASSIGNED', 'RUNNING', 'PAUSED', 'FAILED', 'RESTARTING', 'STOPPED']);
const statusAnswer = z.object({
  connector: z.object({ state }),
  tasks: z.array(z.object({ state, trace: z.string().optional() })),
});
const position = z.number().nullish();
const offsetsAnswer = z.object({
  offsets: z.array(
    z.object({
      offset: z.object({ lsn: position, lsn_proc: position, lsn_commit: position, ts_usec: z.number().nullish() }),
    }),
  ),
});

const patienceMs = 3_000;

export const createConnect = (connectUrl: string, connector: string): Connect => {
  const base = `${connectUrl}/connectors/${encodeURIComponent(connector)}`;
  const ask = (method: string, path: string): Promise<Response> =>
    fetch(base + path, { method, signal: AbortSignal.timeout(patienceMs) });
  const tell = (method: string, path: string) => async (): Promise<void> => {
    const response = await ask(method, path);
    if (!response.ok)
      throw new Error(`Kafka Connect: ${method} ${path} gave ${response.status} ${await response.text()}`);
  };
  return {
    status: () => ask('GET', '/status').then(readStatus, () => both('UNREACHABLE')),
    delivered: () => ask('GET', '/offsets').then(readDelivered, () => undefined),
    restart: tell('POST', '/restart?includeTasks=true&onlyFailed=false'),
    stop: tell('PUT', '/stop'),
    resume: tell('PUT', '/resume'),
    forgetOffsets: tell('DELETE', '/offsets'),
  };
};

const both = (said: SaidState): ConnectorStatus => ({ connector: said, task: said, trace: undefined });

const readStatus = async (response: Response): Promise<ConnectorStatus> => {
  if (response.status === 404) return both('MISSING');
  const answer = statusAnswer.safeParse(await response.json().catch(() => undefined));
  // While it rebalances it refuses to tell.
  if (!response.ok || !answer.success) return both('UNREACHABLE');
  const [task] = answer.data.tasks;
  return { connector: answer.data.connector.state, task: task?.state ?? 'MISSING', trace: task?.trace };
};

/** What is delivered reaches at least as far as the furthest of the positions that Debezium keeps. */
const readDelivered = async (response: Response): Promise<Delivered | undefined> => {
  const answer = offsetsAnswer.safeParse(await response.json().catch(() => undefined));
  const offset = answer.success ? answer.data.offsets[0]?.offset : undefined;
  if (offset === undefined) return undefined;
  const furthest = Math.max(offset.lsn ?? 0, offset.lsn_proc ?? 0, offset.lsn_commit ?? 0);
  if (furthest === 0) return undefined;
  const micros = offset.ts_usec ?? undefined;
  return { position: BigInt(furthest), at: micros === undefined ? null : Math.floor(micros / 1_000) };
};
