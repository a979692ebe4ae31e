import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { LoadPlan } from './load-plan.ts';
import { runLoad } from './run-load.ts';

const plan = (eventsPerSecond: number, seconds: number): LoadPlan => ({
  profile: { kind: 'steady', eventsPerSecond, rampSeconds: 0, seconds },
  ...{
    seed: 1,
    trade: { customers: 10, restaurants: 3, skew: 1 },
    openOrders: 60,
    connections: 8,
    samplesPerSecond: 5,
  },
});

/** Takes every command, and answers with the version that `versionOf` says; `health` is its own. */
const service = async (versionOf: (nth: number) => number, health = 200): Promise<string> => {
  let nth = 0;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/health') === true) {
      response.writeHead(health).end();
      return;
    }
    nth += 1;
    response.end(
      JSON.stringify({ orderId: `order-${nth}`, version: versionOf(nth), updatedAt: '2026-01-01T00:00:00Z' }),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const target = (commandUrl: string) => ({ commandUrl, projectors: [] });
const never = new AbortController().signal;

it('says what was done, and what could not be seen', async () => {
  const commandUrl = await service(() => 1);
  const result = await runLoad(plan(25, 1.5), target(commandUrl), { signal: never });
  expect(result).toMatchObject({ ok: true, isWhole: true, faults: [], surprises: [], audit: { compared: 'nothing' } });
  expect(result.commands).toBeGreaterThan(15);
  expect(result.events).toBe(result.first.accepted);
  expect(result.delays).toMatchObject([{ of: 'command → answer', percentiles: { count: result.commands } }]);
  expect(result.notes.join()).toMatch(/no broker.*no projector/u);
  expect(result.series.length).toBeGreaterThanOrEqual(1);
});

it('is not sound when an answer is not what the rules say', async () => {
  const commandUrl = await service((nth) => (nth === 5 ? 2 : 1));
  const result = await runLoad(plan(25, 1), target(commandUrl), { signal: never });
  expect(result.ok).toBe(false);
  expect(result.faults).toEqual([expect.stringMatching(/a sound system does not give: POST \/orders.*version 2$/u)]);
});

it('ends when told to, and tells what was done until then', async () => {
  const commandUrl = await service(() => 1);
  const stopping = new AbortController();
  const running = runLoad(plan(25, 600), target(commandUrl), {
    signal: stopping.signal,
    onSecond: () => stopping.abort(),
  });
  const result = await running;
  expect(result).toMatchObject({ ok: true, isWhole: false });
  expect(result.commands).toBeGreaterThan(5);
  expect(result.notes[0]).toMatch(/^told to stop after \d s of 600 s$/u);
});

it('does not begin where somebody does not answer, and names them', async () => {
  const commandUrl = await service(() => 1, 503);
  await expect(runLoad(plan(25, 1), target(commandUrl), { signal: never })).rejects.toThrow(
    /order-command .* not ready/u,
  );
});
