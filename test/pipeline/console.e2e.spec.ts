import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { freePort } from '@orderline/local-stack';
import { eventually } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import '../support/provided.ts';
import { anOrder, command, createOrder, readOrder } from './order-client.ts';
import { recordsOf } from './topic-records.ts';

const repository = resolve(import.meta.dirname, '../..');

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

const ask = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const post = (url: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const consoleUrl = (): string => inject('stack').appUrls['console'] ?? '';

type Receipts = {
  readonly isTopicKnown: boolean;
  readonly versions: { version: number; type: string; recordedAt: string; relayed: object | null }[];
  readonly projections: { app: string; projection: string; version: number; appliedAt: string | null }[];
  readonly away: { part: string }[];
};
const receiptsOf = async (url: string, orderId: string): Promise<Receipts> =>
  (await ask(`${url}/api/orders/${orderId}/receipts`)).body as Receipts;

const confirmedOrder = async (): Promise<string> => {
  const { orderId } = (await createOrder()).body;
  await command(orderId, 'confirm');
  return orderId;
};

describe('the console of the stack', () => {
  it('gives receipts that agree with the topic and with every projection', async () => {
    const orderId = await confirmedOrder();
    const records = await recordsOf(orderId, 2);
    const receipts = await eventually(async () => {
      const now = await receiptsOf(consoleUrl(), orderId);
      expect(now.projections.map(({ version }) => version)).toEqual(now.projections.map(() => 2));
      return now;
    });
    expect(receipts).toMatchObject({ isTopicKnown: true, away: [] });
    expect(receipts.versions.map(({ type, relayed }) => ({ type, relayed }))).toEqual(
      records.map(({ record, event }) => ({
        type: event.type,
        relayed: {
          partition: record.partition,
          offset: Number(record.offset),
          at: new Date(record.timestamp).toISOString(),
          copies: 1,
        },
      })),
    );
    const apps = new Set(receipts.projections.map(({ app }) => app));
    expect([...apps].toSorted()).toEqual(['analytics', 'customer-history', 'order-summary', 'restaurant-dashboard']);
    const recordedAt = Date.parse(receipts.versions.at(-1)?.recordedAt ?? '');
    for (const { projection, appliedAt } of receipts.projections) {
      expect(Date.parse(appliedAt ?? ''), projection).toBeGreaterThanOrEqual(recordedAt - 1_000);
    }
  });

  it('tells what changed between two versions, and the state at each', async () => {
    const orderId = await confirmedOrder();
    const { body } = await ask(`${consoleUrl()}/api/orders/${orderId}/difference?from=1&to=2`);
    expect(body).toMatchObject({
      changes: [{ path: '/status', before: 'Created', after: 'Confirmed' }],
      events: [{ version: 2, type: 'OrderConfirmed' }],
    });
    const first = await ask(`${consoleUrl()}/api/orders/${orderId}/state?version=1`);
    expect(first.body).toMatchObject({ status: 'Created', version: 1, customerId: anOrder.customerId });
    const above = await ask(`${consoleUrl()}/api/orders/${orderId}/state?version=9`);
    expect([above.status, above.body['code']]).toEqual([404, 'version_not_found']);
  });

  it('streams every look while orders flow: rates at each hop, nothing away', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${consoleUrl()}/api/stream`, { signal: leaving.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const events = (name: string): Record<string, unknown>[] =>
      [...text.matchAll(/event: (\w+)\ndata: (.*)\n\n/gu)]
        .filter(([, event]) => event === name)
        .map(([, , data]) => JSON.parse(data ?? '') as Record<string, unknown>);
    const hasRates = (): boolean => {
      const hops = (events('pipeline').at(-1)?.['hops'] ?? []) as { ratePerSecond: number | null }[];
      return hops.length === 8 && hops.every(({ ratePerSecond }) => (ratePerSecond ?? 0) > 0);
    };
    const orders = async (): Promise<void> => {
      while (!leaving.signal.aborted) await createOrder();
    };
    const making = orders();
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (hasRates()) break;
    }
    leaving.abort();
    await making;
    expect(events('history')).toHaveLength(1);
    expect(events('parked')[0]).toHaveProperty('items');
    expect(events('projections').at(-1)).toMatchObject({ away: [] });
    expect(events('pipeline').at(-1)).toMatchObject({ away: [] });
  });

  it('lets a newcomer place an order and move it to the door', async () => {
    const correlated = { 'x-correlation-id': 'the-first-minute' };
    let { body } = await post(`${consoleUrl()}/api/demo-orders`, { dish: 'Two soups', quantity: 2 }, correlated);
    const { orderId } = body['order'] as { orderId: string };
    const timeline = await ask(`${consoleUrl()}/api/orders/${orderId}/timeline`);
    expect(timeline.body['events']).toMatchObject([
      { type: 'OrderCreated', actor: { role: 'support', id: 'console' }, correlationId: 'the-first-minute' },
    ]);
    for (let step = 0; step < 9 && (body['next'] as string[]).length > 0; step += 1) {
      const [next = ''] = body['next'] as string[];
      ({ body } = await post(`${consoleUrl()}/api/demo-orders/${orderId}/${next}`));
    }
    expect(body).toMatchObject({ order: { status: 'Delivered', total: '25.00', paid: '25.00' }, next: [] });
  });

  it('lists the schemas of the topic as this build registered them', async () => {
    const { body } = await ask(`${consoleUrl()}/api/schemas`);
    const subjects = body['subjects'] as { type: string; compatibility: string; inThisBuild: string }[];
    const created = subjects.find(({ type }) => type === 'OrderCreated');
    expect(created).toMatchObject({ compatibility: 'FULL_TRANSITIVE', inThisBuild: 'newest' });
  });

  it('counts orders at evenly spread instants, and lists those of one', async () => {
    const orderId = await confirmedOrder();
    await eventually(async () => {
      const { body } = await ask(`${consoleUrl()}/api/status-counts?status=Confirmed&limit=200`);
      expect((body['items'] as { orderId: string }[]).map((item) => item.orderId)).toContain(orderId);
    });
    const { body } = await ask(`${consoleUrl()}/api/status-counts/series?points=5`);
    const points = body['points'] as { at: string; counts: Record<string, number> }[];
    expect(points.map(({ at }) => at)[4]).toBe(body['to']);
    expect(points[4]?.counts['Confirmed']).toBeGreaterThan(0);
  });
});

describe('what changes something on the console', () => {
  it('is refused when it comes from another site, and nothing is changed', async () => {
    const orderId = await confirmedOrder();
    for (const headers of [{ origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const { status, body } = await post(`${consoleUrl()}/api/demo-orders/${orderId}/start-preparing`, {}, headers);
      expect([status, body['code']]).toEqual([403, 'cross_site_refused']);
    }
    expect((await readOrder(orderId)).body).toMatchObject({ status: 'Confirmed', version: 2 });
  });

  it.each(['swap', 'rollback', 'drop'])('needs the name typed to %s a projection, here too', async (step) => {
    const url = `${consoleUrl()}/api/projections/order-summary/${step}`;
    for (const body of [{}, { confirm: '' }, { confirm: 'order-summar' }]) {
      const refused = await post(url, body);
      expect([refused.status, refused.body['code']]).toEqual([400, 'invalid_request']);
    }
    const typed = await post(url, { confirm: 'order-summary' });
    expect([typed.status, typed.body['code']]).toEqual([409, 'wrong_state']);
  });

  it("needs the order's id typed to retry or discard a parked one, but to try", async () => {
    const orderId = await confirmedOrder();
    const url = `${consoleUrl()}/api/parked/${orderId}`;
    const place = { app: 'analytics', projection: 'funnel', reason: 'gone', head: { partition: 0, offset: 0 } };
    expect((await post(`${url}/retry`, { confirm: 'yes' })).body['code']).toBe('invalid_request');
    expect((await post(`${url}/discard`, { ...place, confirm: 'yes' })).body['code']).toBe('invalid_request');
    expect((await post(`${url}/retry`, { confirm: orderId })).body['code']).toBe('not_parked');
    expect((await post(`${url}/discard`, { ...place, confirm: orderId })).body['code']).toBe('not_parked');
    expect((await post(`${url}/discard`, { ...place, dryRun: true })).body['code']).toBe('not_parked');
  });
});

describe('while a part is away', () => {
  const nowhere = 'http://127.0.0.1:9';
  const stops: (() => Promise<unknown>)[] = [];
  let withoutAnalytics = '';
  let withoutCommand = '';
  let withoutKafka = '';

  /** A console of its own, which looks for some parts where they are not. */
  const startConsole = async (changes: Record<string, string>): Promise<string> => {
    const { appUrls, kafkaBrokers, connectUrl, registryUrl } = inject('stack');
    const projectors = ['order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'];
    const port = await freePort();
    const child = spawn(process.execPath, ['--import', 'tsx', join(repository, 'apps/console/src/main.ts')], {
      cwd: repository,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...{ PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(repository, '.orderline/compile-cache') },
        ...{ PORT: String(port), LOG_LEVEL: 'fatal', KAFKA_BROKERS: kafkaBrokers.join(',') },
        ...{ ORDER_COMMAND_URL: appUrls['order-command'], RELAY_SUPERVISOR_URL: appUrls['relay-supervisor'] },
        ...{ CONNECT_URL: connectUrl, REGISTRY_URL: registryUrl },
        PROJECTOR_URLS: projectors.map((name) => `${name}=${changes[name] ?? appUrls[name] ?? ''}`).join(','),
        ...changes,
      },
    });
    const ended = once(child, 'exit');
    stops.push(() => {
      child.kill('SIGTERM');
      return ended;
    });
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => expect((await fetch(`${url}/health/live`)).status).toBe(200), { withinMs: 60_000 });
    return url;
  };

  beforeAll(async () => {
    [withoutAnalytics, withoutCommand, withoutKafka] = await Promise.all([
      startConsole({ analytics: nowhere }),
      startConsole({ ORDER_COMMAND_URL: nowhere }),
      startConsole({ KAFKA_BROKERS: '127.0.0.1:9' }),
    ]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
  });

  const awayIn = ({ body }: Answer): string[] => (body['away'] as { part: string }[]).map(({ part }) => part);
  const refusalOf = ({ status, body }: Answer) => [status, body['code'], body['part']];

  it('a projector: it is named with advice, and all others are told', async () => {
    await eventually(async () => {
      const { body } = await ask(`${withoutAnalytics}/api/pipeline`);
      const away = body['away'] as { part: string; advice: string }[];
      expect(away.map(({ part }) => part)).toEqual(['analytics']);
      expect(away[0]?.advice).toContain(nowhere);
    });
    const projections = await ask(`${withoutAnalytics}/api/projections`);
    expect(awayIn(projections)).toEqual(['analytics']);
    const told = new Set((projections.body['projections'] as { app: string }[]).map(({ app }) => app));
    expect([...told].toSorted()).toEqual(['customer-history', 'order-summary', 'restaurant-dashboard']);
  });

  it('a projector: an order is followed everywhere else', async () => {
    const orderId = await confirmedOrder();
    await eventually(async () => {
      const { versions, projections, away } = await receiptsOf(withoutAnalytics, orderId);
      expect(away.map(({ part }) => part)).toEqual(['analytics']);
      expect(versions.every(({ relayed }) => relayed !== null)).toBe(true);
      expect(projections.map(({ version }) => version)).toEqual(projections.map(() => 2));
      expect(projections.length).toBeGreaterThan(3);
    });
  });

  it('a projector: what only it knows is refused by its name', async () => {
    const series = await ask(`${withoutAnalytics}/api/status-counts/series`);
    expect(refusalOf(series)).toEqual([503, 'part_away', 'analytics']);
    expect((await ask(`${withoutAnalytics}/api/orders`)).status).toBe(200);
  });

  it('the write side: orders are still found, and their history is refused by its name', async () => {
    const orderId = await confirmedOrder();
    await eventually(async () => {
      const { status, body } = await ask(`${withoutCommand}/api/orders?q=${orderId}`);
      expect([status, (body['items'] as object[]).length]).toEqual([200, 1]);
    });
    const timeline = await ask(`${withoutCommand}/api/orders/${orderId}/timeline`);
    expect(refusalOf(timeline)).toEqual([503, 'part_away', 'order-command']);
    await eventually(async () =>
      expect(awayIn(await ask(`${withoutCommand}/api/pipeline`))).toEqual(['order-command']),
    );
  });

  it('Kafka: receipts say that the topic is not known, and tell the rest', async () => {
    const orderId = await confirmedOrder();
    await eventually(
      async () => {
        const receipts = await receiptsOf(withoutKafka, orderId);
        expect(receipts).toMatchObject({ isTopicKnown: false, away: [{ part: 'Kafka' }] });
        expect(receipts.versions.map(({ relayed }) => relayed)).toEqual([null, null]);
        expect(receipts.projections.map(({ version }) => version)).toEqual(receipts.projections.map(() => 2));
      },
      { withinMs: 60_000 },
    );
  });
});
