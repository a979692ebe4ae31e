import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@orderline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLoad, type Load, type LoadSettings } from './start-load.ts';

type Answer = (response: ServerResponse, key: string) => void;

/** A service that gives every command the next version of its order, once per key, unless `first` answers otherwise. */
const service = async (first: Answer): Promise<{ url: string; keys: string[]; server: Server }> => {
  const keys: string[] = [];
  const versions = new Map<string, number>();
  const given = new Map<string, { orderId: string; version: number }>();
  const server = createServer((request, response) => {
    const key = String(request.headers['idempotency-key']);
    keys.push(key);
    const orderId = request.url?.split('/')[2] ?? `order-${key}`;
    const answer = given.get(key) ?? { orderId, version: (versions.get(orderId) ?? 0) + 1 };
    given.set(key, answer);
    versions.set(orderId, answer.version);
    if (keys.filter((other) => other === key).length === 1) first(response, key);
    if (!response.writableEnded && !response.destroyed) response.end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys, server };
};

const loaded = (commandUrl: string, more: Partial<LoadSettings> = {}): Load => {
  const load = startLoad({ commandUrl, ratePerSecond: 400, seed: 1, ...more });
  onTestFinished(async () => {
    await load.stop();
  });
  return load;
};

describe('the load generator', () => {
  it('keeps sending while nothing is answered, and counts latency from when a command fell due', async () => {
    const held: ServerResponse[] = [];
    const { url } = await service(() => undefined);
    const slow = createServer((_, response) => held.push(response)).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    onTestFinished(() => void slow.close());
    const load = loaded(`http://127.0.0.1:${(slow.address() as AddressInfo).port}`, { settleWithinMs: 1 });
    await eventually(() => expect(held.length).toBeGreaterThan(20));
    expect(load.soFar().settled).toBe(0);
    expect(load.soFar().underWay).toBeGreaterThanOrEqual(20);
    for (const response of held) response.end('{"orderId":"x","version":1}');
    expect(url).toContain('127');
    slow.closeAllConnections();
  });

  it('repeats what was not answered, or refused for want of room, with the same key, and learns the outcome', async () => {
    let n = 0;
    const { url, keys } = await service((response) => {
      n += 1;
      if (n % 3 === 0) response.destroy();
      else if (n % 3 === 1) response.writeHead(503).end('{"code":"unavailable"}');
    });
    const load = loaded(url);
    await eventually(() => expect(load.soFar().commands).toBeGreaterThan(30));
    const report = await load.stop();
    expect(report.first.unanswered).toBeGreaterThan(0);
    expect(report.first.unavailable).toBeGreaterThan(0);
    expect(report.settled).toBe(report.commands);
    expect(report.answeredInTheEnd).toBe(1);
    expect(report.answeredAtOnce).toBeLessThan(1);
    expect(new Set(keys).size).toBe(report.commands);
    expect(keys.length).toBeGreaterThan(report.commands);
  });

  it('names an answer that a sound system does not give', async () => {
    const { url } = await service((response) => response.writeHead(500).end('{"code":"internal"}'));
    const load = loaded(url);
    await eventually(() => expect(load.soFar().surprises.length).toBeGreaterThan(0));
    expect((await load.stop()).surprises[0]).toContain('500 internal');
  });
});
