import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { eventually } from '@orderline/testing';
import { expect, inject } from 'vitest';
import { urlOf } from '../invariants/projectors.ts';
import { query } from '../invariants/query.ts';
import '../support/provided.ts';

const execute = promisify(execFile);

export type Relay = {
  state: 'flowing' | 'idle' | 'restarting' | 'stopped' | 'lost';
  advice: string | null;
  connector: string;
  task: string;
  slot: { active: boolean; confirmed: string } | null;
  heartbeat: { ageSeconds: number | null };
  loss: { kind: string; after: string | null; afterTime: string | null; until: string | null } | null;
  restarts: number;
};

/** What the relay's supervisor says. */
export const relay = async (): Promise<Relay> => {
  const response = await fetch(`${urlOf('relay-supervisor')}/relay`);
  expect(response.status).toBe(200);
  return (await response.json()) as Relay;
};

/** Resolves with the relay once it is in one of these states; within the minute in which a fault has to be seen. */
export const relayIs = (...states: Relay['state'][]): Promise<Relay> =>
  eventually(
    async () => {
      const seen = await relay();
      expect(states, `the relay is ${seen.state}: ${seen.advice ?? ''}`).toContain(seen.state);
      return seen;
    },
    { withinMs: 60_000, everyMs: 200 },
  );

export const relayIsWell = (): Promise<Relay> => relayIs('flowing', 'idle');

const connector = async (method: string, path: string): Promise<void> => {
  const response = await fetch(`${inject('stack').connectUrl}/connectors/orderline-outbox${path}`, { method });
  expect(response.status, `${method} ${path}`).toBeLessThan(300);
};

export const restartConnector = (): Promise<void> => connector('POST', '/restart?includeTasks=true');
export const resumeConnector = (): Promise<void> => connector('PUT', '/resume');

/** Resolves when nobody reads from the slot any more. */
export const stopConnector = async (): Promise<void> => {
  await connector('PUT', '/stop');
  await eventually(
    async () => expect(await onOrders('SELECT active FROM pg_replication_slots')).toEqual([{ active: false }]),
    { withinMs: 20_000, everyMs: 100 },
  );
};

/** One statement of the superuser on the orders database. */
export const onOrders = (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  query(inject('stack').ordersUrl, sql, values);

/** The tool as a person runs it, on this run's stack. */
export const orderline = async (...words: string[]): Promise<string> => {
  const env = { ...process.env, NO_COLOR: '1', ORDERLINE_NAME: 'test', ORDERLINE_PORT_OFFSET: '10000' };
  return (await execute(process.execPath, ['--import', 'tsx', 'apps/orderline/src/main.ts', ...words], { env })).stdout;
};
