import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import '../support/provided.ts';
import type { App } from '../fuzz/start-app.ts';
import { metricsIn, scrape, scrapeOfAudit, startEveryApp, type Metric } from './exported-metrics.ts';
import { metricsPage } from './metrics-page.ts';

let apps: Map<string, App>;
let exported: Map<string, Metric[]>;
beforeAll(async () => {
  apps = await startEveryApp(inject('postgresUrl'));
  exported = new Map();
  for (const [name, app] of apps) exported.set(name, metricsIn(await scrape(app)));
  exported.set('orderline audit', metricsIn(await scrapeOfAudit()));
}, 180_000);
afterAll(async () => {
  for (const app of apps.values()) await app.stop();
});

const namesOf = (app: string): string[] => (exported.get(app) ?? []).map(({ name }) => name);
const projectors = (): string[] => [...apps.keys()].filter((name) => name.endsWith('-projector'));
const page = fileURLToPath(new URL('../../docs/metrics.md', import.meta.url));

describe('the metrics of every app', () => {
  it('tell requests, pool and event loop, and which build it is', () => {
    const pool = ['orderline_database_connections', 'orderline_database_waiting'];
    const process = ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'];
    for (const app of apps.keys()) {
      const wanted = ['http_request_duration_seconds', 'orderline_build_info', ...process];
      expect(namesOf(app), app).toEqual(expect.arrayContaining(app === 'console' ? wanted : [...wanted, ...pool]));
    }
  });

  it('tell in the console how many pages are open and how much of the stack is away', () => {
    expect(namesOf('console')).toEqual(
      expect.arrayContaining(['orderline_console_streams', 'orderline_console_parts_away']),
    );
  });

  it('tell in order-command what commands come to, and how the append and the outbox do', () => {
    expect(namesOf('order-command')).toEqual(
      expect.arrayContaining([
        'orderline_commands_total',
        'orderline_command_conflicts_total',
        'orderline_command_retries_total',
        'orderline_append_duration_seconds',
        'orderline_outbox_held_seconds',
      ]),
    );
  });

  it('tell in every projector delay, lag, duplicates, parked orders and rebuilds', () => {
    const wanted = ['delay_seconds', 'relay_delay_seconds', 'lag_events', 'lag_seconds', 'parked_orders'].concat([
      'duplicate_events_total',
      'rebuild_ratio',
      'verified_timestamp_seconds',
      'stuck_seconds',
    ]);
    for (const app of projectors()) {
      expect(namesOf(app), app).toEqual(expect.arrayContaining(wanted.map((name) => `orderline_projection_${name}`)));
    }
  });

  it('have a help text each, a name of letters and units, and counters end in _total', () => {
    const all = [...exported.values()].flat();
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter(({ help }) => help.length < 8).map(({ name }) => name)).toEqual([]);
    const ours = all.filter(({ name }) => name.startsWith('orderline_'));
    expect(ours.filter(({ name }) => !/^[a-z]+(_[a-z]+)+$/u.test(name))).toEqual([]);
    expect(ours.filter(({ name, type }) => (type === 'counter') !== name.endsWith('_total'))).toEqual([]);
    expect(ours.filter(({ name }) => /_(ms|milliseconds|minutes|percent)(_|$)/u.test(name))).toEqual([]);
  });

  it('are listed in docs/metrics.md as they are (vitest -u writes it)', async () => {
    await expect(metricsPage(exported)).toMatchFileSnapshot(page);
  });

  it('carry nothing of a person and no id, whatever was asked, and no label but of a known set', async () => {
    const command = apps.get('order-command')!;
    const post = (path: string, body?: object): Promise<Response> =>
      fetch(command.url + path, {
        method: 'POST',
        headers: {
          'x-actor': 'customer:planted-actor',
          'x-correlation-id': 'planted-correlation',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
    const items = [{ sku: 'planted-sku', name: 'planted name', quantity: 1, unitPrice: '1' }];
    const anOrder = { customerId: 'planted-customer', restaurantId: 'planted-restaurant', currency: 'USD', items };
    const created = await post('/orders', { ...anOrder, deliveryAddress: 'planted street' });
    const { orderId } = (await created.json()) as { orderId: string };
    await post(`/orders/${orderId}/confirm`);
    await post(`/orders/${orderId}/deliver`, { signedBy: 'planted hand' });
    await post('/planted/route');
    for (const app of projectors()) await fetch(`${apps.get(app)!.url}/orders/${orderId}?customerId=planted-customer`);
    const scraped = (await Promise.all([...apps.values()].map(scrape))).join('\n');
    expect(scraped).toContain('orderline_commands_total{command="CreateOrder",outcome="accepted"');
    expect(scraped).toContain('outcome="transition_refused"');
    expect(scraped).not.toMatch(/planted/u);
    expect(scraped).not.toContain(orderId);
    const labels = new Set([...scraped.matchAll(/[{,]([a-z_]+)="/gu)].map(([, label]) => label));
    const known = ['command', 'feed', 'generation', 'kind', 'le', 'method', 'outcome', 'projection', 'route'].concat([
      'service',
      'space',
      'state',
      'status',
      'type',
      'version',
      'why',
      'major',
      'minor',
      'patch',
    ]);
    expect([...labels].filter((label) => !known.includes(label ?? ''))).toEqual([]);
  });

  it('are answered at once while no broker answers', async () => {
    for (const app of projectors()) {
      const began = performance.now();
      await scrape(apps.get(app)!);
      expect(performance.now() - began, app).toBeLessThan(900);
    }
  });
});
