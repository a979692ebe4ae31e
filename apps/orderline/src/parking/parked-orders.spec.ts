import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProjectorApp } from '../projector-apps.ts';
import { listParked, release } from './parked-orders.ts';

const nobody: ProjectorApp = { name: 'away', url: 'http://127.0.0.1:9' };
const parkedIn = (projection: string, orderId: string) => ({ orderId, projection, version: 1, waiting: 0 });

describe('parked orders of several projectors', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** An app that answers these paths; what is asked with a body is noted. */
  const app = async (
    name: string,
    answers: Record<string, [number, object]>,
  ): Promise<ProjectorApp & { asked: unknown[] }> => {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (body !== '') asked.push(JSON.parse(body));
        const [status, answer] = answers[request.url ?? ''] ?? [404, { code: 'route_not_found' }];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return { name, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  };

  it('are listed to the last page, with who did not answer', async () => {
    const summary = await app('order-summary', {
      '/parked?limit=200': [200, { items: [parkedIn('order-summary', 'o-1')], next: 'n=1' }],
      '/parked?limit=200&after=n%3D1': [200, { items: [parkedIn('order-summary', 'o-2')], next: null }],
    });
    const analytics = await app('analytics', {
      '/parked?limit=200': [200, { items: [parkedIn('revenue', 'o-1'), parkedIn('funnel', 'o-1')], next: null }],
    });
    const all = await listParked([summary, analytics, nobody]);
    expect(all.answers.map(({ answer }) => answer.length)).toEqual([2, 2]);
    expect(all.silent).toMatchObject([{ app: nobody }]);
    const one = await listParked([summary, analytics], 'revenue');
    expect(one.answers.flatMap(({ answer }) => answer)).toMatchObject([{ projection: 'revenue' }]);
  });

  it('are retried wherever they are parked, and a refusal is not taken for "not parked"', async () => {
    const released = [{ projection: 'revenue', generation: 1, applied: 2, duplicates: 0, parked: 0 }];
    const analytics = await app('analytics', { '/parked/o-1/retry': [200, { released }] });
    const summary = await app('order-summary', { '/parked/o-1/retry': [404, { code: 'not_parked' }] });
    const broken = await app('customer-history', {
      '/parked/o-1/retry': [503, { code: 'unavailable', detail: 'later' }],
    });
    const { answers, silent } = await release([analytics, summary, broken], 'o-1', { dryRun: true });
    expect(answers.map(({ answer }) => answer)).toEqual([released, []]);
    expect(silent).toMatchObject([{ app: { name: 'customer-history' }, why: 'later' }]);
    expect(analytics.asked).toEqual([{ dryRun: true }]);
  });

  it('are discarded with the reason, in one projection where one is named', async () => {
    const analytics = await app('analytics', { '/parked/o-1/discard': [200, { released: [] }] });
    await release([analytics], 'o-1', { dryRun: false, reason: 'not ours', projection: 'revenue' });
    expect(analytics.asked).toEqual([{ dryRun: false, reason: 'not ours', projection: 'revenue' }]);
  });
});
