import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@orderline/testing';
import { Agent } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendCommand } from './send-command.ts';

const service = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
};
const command = (url: string, withinMs = 2_000) => ({ url, method: 'POST', body: { a: 1 }, key: 'k-1', withinMs });

describe('a command that is sent', () => {
  it('carries its key, its body and the version it was decided on, and learns the version it made', async () => {
    let got = '';
    const url = await service((request, response) => {
      got = [request.url, request.headers['idempotency-key'], request.headers['if-match']].join(' ');
      response.end(JSON.stringify({ orderId: 'o-1', version: 3, updatedAt: '2026-11-21T20:00:00.005Z', notes: 'x' }));
    });
    expect(await sendCommand({ ...command(url), ifMatch: '"2"' })).toEqual({
      ...{ outcome: 'accepted', status: 200, orderId: 'o-1', version: 3 },
      recordedAt: Date.parse('2026-11-21T20:00:00.005Z'),
    });
    expect(got).toBe('/orders k-1 "2"');
  });

  it.each([
    [409, 'refused'],
    [429, 'too busy'],
    [500, 'server error'],
    [503, 'unavailable'],
  ])('and answered with %d is %s, with the code that was given', async (status, outcome) => {
    const url = await service((_, response) => {
      response.writeHead(status, { 'retry-after': '2' }).end('{"code":"why"}');
    });
    expect(await sendCommand(command(url))).toEqual({ outcome, status, code: 'why', retryAfterMs: 2_000 });
  });

  it('is unanswered when its time is over, also while it waits for a connection: then it is never sent', async () => {
    let arrived = 0;
    let release = (): void => undefined;
    const url = await service((_, response) => {
      arrived += 1;
      release = () => void response.end('{}');
      if (arrived > 1) release();
    });
    const agent = new Agent({ connections: 1 });
    onTestFinished(() => agent.destroy());
    const first = sendCommand(command(url), agent);
    await eventually(() => expect(arrived).toBe(1));
    expect(await sendCommand(command(url, 50), agent)).toEqual({ outcome: 'unanswered', code: 'no answer in 50 ms' });
    release();
    await first;
    expect(await sendCommand(command(url), agent)).toMatchObject({ outcome: 'accepted' });
    expect(arrived).toBe(2);
  });

  it('is unanswered when nobody is there, or what is answered is not JSON', async () => {
    expect(await sendCommand(command('http://127.0.0.1:1/orders'))).toMatchObject({ outcome: 'unanswered' });
    const url = await service((_, response) => void response.end('<html>'));
    expect(await sendCommand(command(url))).toMatchObject({ outcome: 'unanswered', status: 200 });
  });
});
