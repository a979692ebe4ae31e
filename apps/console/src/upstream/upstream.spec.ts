import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PartAway } from './part-away.ts';
import { createUpstream, type Upstream } from './upstream.ts';

const servers: Server[] = [];
const upstreamOf = async (listener: RequestListener): Promise<Upstream> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return createUpstream({ part: 'analytics', url: `http://127.0.0.1:${port}`, advice: 'look at its log' });
};
const answering =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const shape = z.object({ orders: z.int() });
const failureOf = async (upstream: Upstream, patienceMs = 3_000): Promise<unknown> =>
  upstream.ask(shape, '/x', { patienceMs }).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a part of the stack', () => {
  it('gives what it answers in the shape that was asked for', async () => {
    const upstream = await upstreamOf(answering(200, { orders: 3, more: true }));
    expect(await upstream.ask(shape, '/x')).toEqual({ orders: 3 });
  });

  it('that refuses is passed on with its code, faults and version', async () => {
    const errors = [{ path: '/at', message: 'no' }];
    const upstream = await upstreamOf(
      answering(409, { code: 'version_conflict', detail: 'late', errors, currentVersion: 4 }),
    );
    const refused = await failureOf(upstream);
    expect(refused).not.toBeInstanceOf(PartAway);
    expect(refused).toMatchObject({
      status: 409,
      code: 'version_conflict',
      details: { errors, members: { currentVersion: 4 } },
    });
  });

  it.each<[string, RequestListener, string]>([
    ['hangs up', (request) => request.socket.destroy(), 'look at its log'],
    ['is silent', () => undefined, 'look at its log'],
    [
      'says that it waits',
      answering(503, { code: 'unavailable', detail: 'the database is away' }),
      'the database is away',
    ],
    ['talks of something else', answering(200, { hello: 'world' }), 'compare the versions'],
    ['is somebody else', (_request, response) => response.writeHead(502).end('<html>'), 'look at its log'],
  ])('that %s is away, by name and with advice', async (_how, listener, advice) => {
    const failure = await failureOf(await upstreamOf(listener), 200);
    expect(failure).toMatchObject({ status: 503, code: 'part_away', away: { part: 'analytics' } });
    expect((failure as PartAway).away.advice).toContain(advice);
  });

  it('is away since it first did not answer, until it does', async () => {
    let isUp = false;
    const upstream = await upstreamOf((request, response) => {
      if (isUp) answering(200, { orders: 1 })(request, response);
      else request.socket.destroy();
    });
    const sinceOf = async (): Promise<string> => ((await failureOf(upstream)) as PartAway).away.since;
    const first = await sinceOf();
    expect(await sinceOf()).toBe(first);
    isUp = true;
    await upstream.ask(shape, '/x');
    isUp = false;
    const began = Date.now();
    expect(Date.parse(await sinceOf())).toBeGreaterThanOrEqual(began);
  });

  it('may answer a status of refusal with the shape, where that is asked for', async () => {
    const upstream = await upstreamOf(answering(503, { orders: 0 }));
    expect(await upstream.ask(shape, '/x', { orStatus: 503 })).toEqual({ orders: 0 });
  });
});
