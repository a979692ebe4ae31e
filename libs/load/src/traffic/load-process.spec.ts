import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startLoadProcess } from './load-process.ts';
import type { Accepted } from './start-load.ts';
import type { Tick } from './tally.ts';

it('tells what happens each second and what was accepted, answers what it is asked, and ends when it is told to', async () => {
  let n = 0;
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ orderId: `o-${++n}`, version: 1, updatedAt: '2026-11-21T20:00:00.005Z' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  const commandUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const samples: Accepted[] = [];
  const ticks: Tick[] = [];
  const ticked = Promise.withResolvers<undefined>();
  const load = startLoadProcess(
    { commandUrl, ratePerSecond: 30, seed: 1, samplesPerSecond: 30 },
    {
      onSample: (accepted) => samples.push(accepted),
      onTick: (tick) => {
        ticks.push(tick);
        ticked.resolve(undefined);
      },
    },
  );
  await ticked.promise;
  expect((await load.counts()).accepted.size).toBe(0);
  const report = await load.stop();
  expect(report.isOver).toBe(true);
  expect(report.accepted.size).toBe(n);
  expect(report.first.accepted).toBe(n);
  expect(samples.length).toBe(n);
  expect(samples[0]).toMatchObject({ version: 1, recordedAt: Date.parse('2026-11-21T20:00:00.005Z') });
  expect(ticks[0]).toMatchObject({ requests: { unanswered: 0 } });
  await expect(load.soFar()).rejects.toThrow('the load generator has ended');
});
