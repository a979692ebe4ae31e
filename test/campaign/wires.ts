import type { Detour } from '@orderline/local-stack';
import { TcpProxy } from './tcp-proxy.ts';

type Server = Detour['to'];
export type WireName = `${string}>${Server}`;

export const projectors = ['order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'] as const;

/** Every connection between two parts that has a proxy in it. */
export const wireNames: readonly WireName[] = [
  'order-command>postgres',
  ...projectors.flatMap((name): WireName[] => [`${name}>postgres`, `${name}>kafka`, `${name}>registry`]),
  'connect>postgres',
  'connect>kafka',
  'registry>postgres',
];

export type Wires = {
  readonly detours: readonly Detour[];
  readonly get: (name: string) => TcpProxy;
  readonly clearAll: () => void;
  readonly close: () => Promise<void>;
};

/** Puts a proxy into every connection. Ports from `firstPort` on are taken, two for each. */
export const openWires = async (ports: Readonly<Record<Server, number>>, firstPort: number): Promise<Wires> => {
  const wires = wireNames.map((name, at) => {
    const [from, to] = name.split('>') as [string, Server];
    const port = firstPort + 2 * at;
    const listener = to === 'kafka' ? { listener: port + 1 } : {};
    return {
      name,
      detour: { from, to, port, ...listener },
      proxy: new TcpProxy(to === 'kafka' ? port + 1 : ports[to]),
    };
  });
  await Promise.all(wires.map(({ proxy, detour }) => proxy.listen(detour.port)));
  return {
    detours: wires.map(({ detour }) => detour),
    get: (name) => {
      const wire = wires.find((one) => one.name === name);
      if (wire === undefined) throw new Error(`there is no proxy in ${name}; there are ${wireNames.join(', ')}`);
      return wire.proxy;
    },
    clearAll: () => wires.forEach(({ proxy }) => proxy.set({ kind: 'clear' })),
    close: async () => {
      await Promise.all(wires.map(({ proxy }) => proxy.close()));
    },
  };
};
