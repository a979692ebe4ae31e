import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A door in front of a real server: open, shut (connections are refused or cut), stuck (no byte passes), or mute (what is
 * asked arrives, no answer comes back).
 */
export type TcpGate = {
  port: number;
  shut: () => Promise<void>;
  open: () => Promise<void>;
  stick: () => void;
  mute: () => void;
};

export const startTcpGate = async (target: { host: string; port: number }): Promise<TcpGate> => {
  const sockets = new Set<Socket>();
  let passes = { inward: true, outward: true };
  const makeServer = (): Server =>
    createServer((inner) => {
      const outer = connect(target.port, target.host);
      for (const socket of [inner, outer]) {
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          sockets.delete(socket);
          inner.destroy();
          outer.destroy();
        });
      }
      inner.on('data', (bytes) => passes.inward && outer.write(bytes));
      outer.on('data', (bytes) => passes.outward && inner.write(bytes));
    });
  let server = makeServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    shut: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    open: async () => {
      passes = { inward: true, outward: true };
      server = makeServer().listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    stick: () => {
      passes = { inward: false, outward: false };
    },
    mute: () => {
      passes = { inward: true, outward: false };
    },
  };
};
