import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { query } from '../../invariants/query.ts';
import { adminUrlOf, databaseOf, type Arena } from '../arena.ts';
import type { Fault } from '../fault.ts';
import type { Weather } from '../tcp-proxy.ts';
import { projectors } from '../wires.ts';

const answers: Record<string, [status: number, body: string]> = {
  'a server error': [500, '{"error_code":50001,"message":"out of order"}'],
  'a page': [200, '<html><body>Welcome to the proxy</body></html>'],
  'no schema': [200, '{"schema":"{\\"type\\":\\"nonsense\\"}"}'],
  'an empty body': [200, ''],
};

export type Liars = { readonly ports: Readonly<Record<string, number>>; readonly close: () => void };

/** An HTTP server for each way of being a wrong registry. */
export const openLiars = async (): Promise<Liars> => {
  const servers = await Promise.all(
    Object.entries(answers).map(async ([name, [status, body]]): Promise<[string, Server]> => {
      const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return [name, server];
    }),
  );
  return {
    ports: Object.fromEntries(servers.map(([name, server]) => [name, (server.address() as AddressInfo).port])),
    close: () => {
      for (const [, server] of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
};

/**
 * For all projectors at once; and the one named is started anew with no schema in memory or in its database, so that it
 * must ask.
 */
const whileRegistryIs = async (
  arena: Arena,
  { lengthMs }: Fault,
  weather: Weather,
  projector: string,
): Promise<void> => {
  const wires = projectors.map((name) => arena.wires.get(`${name}>registry`));
  for (const wire of wires) wire.set(weather);
  await query(adminUrlOf(arena, databaseOf(projector)), 'DELETE FROM projection_schema');
  arena.stack.kill(projector, 'SIGTERM');
  await pause(lengthMs);
  for (const wire of wires) wire.set({ kind: 'clear' });
};

export const registryDown = (arena: Arena, fault: Fault): Promise<void> =>
  whileRegistryIs(arena, fault, { kind: 'cut' }, fault.target);

export const registrySlow = (arena: Arena, fault: Fault): Promise<void> =>
  whileRegistryIs(arena, fault, { kind: 'delay', ms: 3_000 }, fault.target);

/** `projector=way`; the ways are those of `openLiars`. */
export const registryWrong = (arena: Arena, fault: Fault): Promise<void> => {
  const [projector = '', way = ''] = fault.target.split('=');
  const port = arena.liars[way];
  if (port === undefined) throw new Error(`no registry is wrong in this way: ${way}`);
  return whileRegistryIs(arena, fault, { kind: 'divert', port }, projector);
};

export const waysToBeWrong = Object.keys(answers);
