import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { freePort } from '@orderline/local-stack';
import { eventually } from '@orderline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TcpProxy } from './tcp-proxy.ts';

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

/** A server that says back what it is told, with a word before it. */
const echo = async (word = ''): Promise<number> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (said) => socket.write(`${word}${said.toString()}`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return portOf(server);
};

type Line = { socket: Socket; heard: () => string; say(words: string): void; ended: () => string | undefined };

const dial = async (port: number): Promise<Line> => {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  let ended: string | undefined;
  socket.on('data', (piece) => (heard += piece.toString()));
  socket.on('error', (error: NodeJS.ErrnoException) => (ended = error.code));
  socket.on('end', () => (ended ??= 'end'));
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect').catch(() => undefined);
  return { socket, heard: () => heard, say: (words) => void socket.write(words), ended: () => ended };
};

const between = async (): Promise<{ proxy: TcpProxy; port: number }> => {
  const proxy = new TcpProxy(await echo());
  const port = await freePort();
  await proxy.listen(port);
  onTestFinished(() => proxy.close());
  return { proxy, port };
};

describe('the proxy between two parts', () => {
  it('passes on both ways, and lets a stalled network deliver what was sent', async () => {
    const { proxy, port } = await between();
    const line = await dial(port);
    line.say('one ');
    await eventually(() => expect(line.heard()).toBe('one '));
    proxy.set({ kind: 'stall' });
    line.say('two ');
    const other = await dial(port);
    other.say('three');
    await expect(eventually(() => expect(line.heard()).toContain('two'), { withinMs: 100 })).rejects.toThrow();
    proxy.set({ kind: 'clear' });
    await eventually(() => expect([line.heard(), other.heard()]).toEqual(['one two ', 'three']));
  });

  it('delays and throttles without changing the order', async () => {
    const { proxy, port } = await between();
    const line = await dial(port);
    proxy.set({ kind: 'delay', ms: 60 });
    const begun = performance.now();
    for (const word of ['a', 'b', 'c']) line.say(word);
    proxy.set({ kind: 'delay', ms: 40 });
    await eventually(() => expect(line.heard()).toBe('abc'));
    expect(performance.now() - begun).toBeGreaterThan(75);
    proxy.set({ kind: 'throttle', bytesPerSecond: 100 });
    line.say('0123456789');
    await eventually(() => expect(line.heard()).toBe('abc0123456789'));
    expect(performance.now() - begun).toBeGreaterThan(250);
  });

  it('cuts what is there and refuses what is new, until it clears', async () => {
    const { proxy, port } = await between();
    const line = await dial(port);
    proxy.set({ kind: 'cut' });
    await eventually(() => expect(line.ended()).toBeDefined());
    const refused = await dial(port);
    await eventually(() => expect(refused.ended()).toBeDefined());
    proxy.set({ kind: 'clear' });
    const again = await dial(port);
    again.say('hello');
    await eventually(() => expect(again.heard()).toBe('hello'));
    proxy.reset();
    await eventually(() => expect(again.ended()).toBe('ECONNRESET'));
  });

  it('abandons a connection without a word to either side', async () => {
    const { proxy, port } = await between();
    const line = await dial(port);
    line.say('before');
    await eventually(() => expect(line.heard()).toBe('before'));
    proxy.abandon();
    line.say('after');
    const next = await dial(port);
    next.say('next');
    await eventually(() => expect(next.heard()).toBe('next'));
    expect([line.heard(), line.ended()]).toEqual(['before', undefined]);
  });

  it('sends new connections elsewhere', async () => {
    const { proxy, port } = await between();
    proxy.set({ kind: 'divert', port: await echo('liar: ') });
    const line = await dial(port);
    line.say('who');
    await eventually(() => expect(line.heard()).toBe('liar: who'));
  });
});
