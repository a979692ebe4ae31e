import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What becomes of the bytes on a connection. */
export type Weather =
  | { readonly kind: 'clear' }
  /** Every piece waits for this long. */
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'throttle'; readonly bytesPerSecond: number }
  /** Nothing passes; what was sent arrives when it clears, as over a network that was parted for a while. */
  | { readonly kind: 'stall' }
  /** Nobody is there: connections are closed, new ones too. */
  | { readonly kind: 'cut' }
  /** New connections go elsewhere; those there were are closed. */
  | { readonly kind: 'divert'; readonly port: number };

type Link = { readonly client: Socket; readonly server: Socket; isDead: boolean };

/** Stands between two parts on 127.0.0.1 and passes on what they say, as the weather is. */
export class TcpProxy {
  readonly #server: Server;
  readonly #target: number;
  readonly #links = new Set<Link>();
  #weather: Weather = { kind: 'clear' };
  #cleared = Promise.resolve();
  #clear: () => void = () => undefined;

  constructor(target: number) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  connections(): number {
    return this.#links.size;
  }

  set(weather: Weather): void {
    this.#clear();
    this.#cleared = new Promise((resolve) => (this.#clear = resolve));
    this.#weather = weather;
    if (weather.kind === 'clear') this.#clear();
    if (weather.kind === 'cut' || weather.kind === 'divert') this.#each((link) => end(link, 'destroy'));
  }

  /** Resets every connection there is; new ones pass. */
  reset(): void {
    this.#each((link) => end(link, 'resetAndDestroy'));
  }

  /** Nothing more passes on the connections there are, and neither side is told; new ones pass. */
  abandon(): void {
    this.#each((link) => (link.isDead = true));
  }

  async close(): Promise<void> {
    this.set({ kind: 'clear' });
    this.#each((link) => end(link, 'destroy'));
    this.#server.close();
    await once(this.#server, 'close');
  }

  #each(act: (link: Link) => void): void {
    for (const link of this.#links) act(link);
  }

  #accept(client: Socket): void {
    if (this.#weather.kind === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const port = this.#weather.kind === 'divert' ? this.#weather.port : this.#target;
    const link: Link = { client, server: connect({ port, host: '127.0.0.1' }), isDead: false };
    this.#links.add(link);
    for (const socket of [link.client, link.server]) {
      socket.setNoDelay(true);
      // Why a side went away is its own business; the other is closed.
      socket.on('error', () => undefined);
      socket.once('close', () => this.#closed(link));
    }
    void this.#pump(link, link.client, link.server);
    void this.#pump(link, link.server, link.client);
  }

  #closed(link: Link): void {
    if (link.isDead && !(link.client.destroyed && link.server.destroyed)) return;
    end(link, 'destroy');
    this.#links.delete(link);
  }

  async #pump(link: Link, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        await this.#pass(piece.length);
        if (link.isDead) continue;
        if (!to.write(piece)) await once(to, 'drain');
      }
      if (!link.isDead) to.end();
    } catch {
      if (!link.isDead) to.destroy();
    }
  }

  async #pass(bytes: number): Promise<void> {
    const weather = this.#weather;
    if (weather.kind === 'stall') return this.#cleared;
    if (weather.kind === 'delay') await Promise.race([pause(weather.ms), this.#cleared]);
    if (weather.kind === 'throttle')
      await Promise.race([pause((bytes * 1_000) / weather.bytesPerSecond), this.#cleared]);
  }
}

const end = (link: Link, how: 'destroy' | 'resetAndDestroy'): void => {
  link.isDead = false;
  link.client[how]();
  link.server[how]();
};
