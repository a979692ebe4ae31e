import { createServer } from 'node:net';
import { listenerOf } from './listener-of.ts';
import { variableOf, type PortName, type Ports } from './port-plan.ts';

/** Throws when any of these ports is taken, naming each: what wants it, what has it, and how to choose another. */
export const assertPortsFree = async (ports: Ports, names: readonly PortName[]): Promise<void> => {
  const taken = await Promise.all(
    names.map(async (name) => {
      if (await isFree(ports[name])) return [];
      const holder = listenerOf(ports[name]) ?? 'another process';
      return [`  port ${ports[name]}, wanted by ${name}, is in use by ${holder}; set ${variableOf(name)} to another`];
    }),
  );
  const lines = taken.flat();
  if (lines.length === 0) return;
  throw new Error(`Some ports are in use:\n${lines.join('\n')}\nORDERLINE_PORT_OFFSET=5000 moves all of them.`);
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
