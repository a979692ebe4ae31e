import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractSchemas, topicName } from '@orderline/contracts';
import { createPool, migrate } from '@orderline/postgres';
import { createProjector, kitMigrations, type Handlers, type TopicRecord } from '@orderline/projection';
import { openTracing, traceBatches } from '@orderline/service-host';
import { createTestDatabase, eventually } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import '../support/provided.ts';
import { query } from '../invariants/query.ts';
import { startApp, type App } from '../fuzz/start-app.ts';
import { projectorApps, type ProjectorPlace } from './projector-apps.ts';
import { spansOf, type Span } from './spans.ts';

const folder = mkdtempSync(join(tmpdir(), 'one-trace-'));
const file = join(folder, 'spans');
const traceId = randomBytes(16).toString('hex');
const caller = { spanId: 'b7ad6b7169203331', traceparent: `00-${traceId}-b7ad6b7169203331-01` };
const schemaIds = [...contractSchemas.keys()];

/** What Debezium's router makes of the outbox: the record's headers are its columns. */
const recordsOf = async (ordersUrl: string): Promise<TopicRecord[]> => {
  const rows = await query<{ key: string; payload: Buffer; at: string } & Record<string, string>>(
    ordersUrl,
    `SELECT message_key AS key, payload, extract(epoch FROM recorded_at) * 1000 AS at, ce_id, event_type AS "event-type",
       event_version AS "event-version", traceparent FROM outbox ORDER BY recorded_at`,
  );
  return rows.map(({ key, payload, at, ...headers }, offset) => ({
    ...{ partition: 0, offset: BigInt(offset), key: Buffer.from(key), value: payload, timestamp: Number(at) },
    headers: headers,
  }));
};

/** The records in one batch through the app's projections, told under the app's name. */
const project = async ({ app, database, migrations }: ProjectorPlace, records: TopicRecord[]): Promise<void> => {
  const place = await createTestDatabase(inject('postgresUrl'), `${database}_owner`);
  const owner = place.urlOf(`${database}_owner`);
  await migrate({ databaseUrl: owner, ...kitMigrations });
  await migrate({ databaseUrl: owner, folder: migrations, ledger: 'app_migration' });
  const pool = createPool({ databaseUrl: place.urlOf(`${database}_app`), applicationName: 'spec', max: 2 });
  const tracing = await openTracing(app, { file, endpoint: undefined, ratio: 0 });
  let handlers: Handlers | undefined;
  const ranges = new Map([[0, { earliest: 0n, latest: BigInt(records.length) }]]);
  const projector = createProjector({
    ...{ name: 'spec', pool, projections: app.projections, log: () => undefined },
    registry: { schemaById: (id) => Promise.resolve(contractSchemas[id - 1]?.schema ?? '') },
    observers: tracing ? [traceBatches(tracing, topicName)] : [],
    consumer: (given) => {
      handlers = given;
      return {
        ...{ start: () => Promise.resolve(), stop: () => Promise.resolve(), reposition: () => undefined },
        reader: { logRanges: () => Promise.resolve(ranges), readRecord: () => Promise.resolve(undefined) },
      };
    },
  });
  await projector.start();
  await handlers?.onAssigned([0], { clusterId: 'spec', ranges });
  const stretches = new Map([[0, { from: 0n, next: BigInt(records.length) }]]);
  await handlers?.onBatch({ records, stretches, isStale: () => false });
  expect(await projector.status()).toMatchObject(app.projections.map(() => ({ applied: records.length, parked: 0 })));
  await projector.stop();
  await tracing?.stop();
  await pool.end();
  await place.drop();
};

let orders: App;
let spans: Span[];
beforeAll(async () => {
  orders = await startApp(inject('postgresUrl'), {
    ...{ folder: 'apps/order-command', role: 'orders' },
    migrations: [{ folder: 'apps/order-command/migrations', ledger: 'migration' }],
    settings: { ORDERLINE_TRACES: file, OTEL_TRACES_SAMPLER_ARG: '0' },
    prepare: async (ownerUrl) => {
      for (const at of schemaIds) {
        const { subject, fingerprint } = contractSchemas[at]!;
        await query(ownerUrl, 'INSERT INTO schema_id VALUES ($1, $2, $3)', [subject, fingerprint, at + 1]);
      }
    },
  });
  const send = (path: string, body: object | undefined, traceparent?: string): Promise<Response> =>
    fetch(orders.url + path, {
      method: 'POST',
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(traceparent !== undefined && { traceparent }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  const items = [{ sku: 'soup', name: 'Soup', quantity: 1, unitPrice: '1' }];
  const anOrder = { customerId: 'planted-customer', restaurantId: 'r-1', currency: 'USD', items };
  const created = await send('/orders', { ...anOrder, deliveryAddress: '1 Secret Street' }, caller.traceparent);
  const { orderId } = (await created.json()) as { orderId: string };
  await send(`/orders/${orderId}/confirm`, undefined, caller.traceparent);
  await send('/orders', anOrder);
  const records = await recordsOf(orders.databaseUrl);
  expect(records).toHaveLength(3);
  const apps = await projectorApps();
  expect(apps.length).toBeGreaterThanOrEqual(4);
  for (const app of apps) await project(app, records);
  spans = await eventually(() => {
    const told = spansOf(file, traceId);
    expect(told.filter(({ name }) => name.startsWith('POST'))).toHaveLength(2);
    return told;
  });
}, 120_000);
afterAll(async () => {
  await orders.stop();
  rmSync(folder, { recursive: true });
});

const partsOf = (whole: { spanId: string }): Span[] =>
  spans.filter(({ parentSpanId }) => parentSpanId === whole.spanId);

describe('a traced command', () => {
  it('is one trace from the request to the transaction of every projector', async () => {
    const requests = partsOf(caller);
    expect(requests.map(({ name }) => name).sort()).toEqual(['POST /orders', 'POST /orders/:id/confirm']);
    const projectors = (await projectorApps()).map(({ app }) => app.name).sort();
    for (const request of requests) {
      const append = partsOf(request).find(({ kind }) => kind === 4);
      expect(append).toMatchObject({ name: `append ${topicName}`, service: 'order-command' });
      const applied = partsOf(append!);
      expect(applied.map(({ service }) => service).sort()).toEqual(projectors);
      expect(new Set(applied.map(({ name, kind }) => `${kind} ${name}`))).toEqual(new Set([`5 process ${topicName}`]));
      expect(new Set(applied.map(({ attributes }) => attributes['orderline.order_id']))).toEqual(
        new Set([append!.attributes['orderline.order_id']]),
      );
    }
  });

  it('tells what it took to load the order', () => {
    const confirm = spans.find(({ name }) => name === 'POST /orders/:id/confirm');
    expect(partsOf(confirm!).map(({ name }) => name)).toEqual(['load order', `append ${topicName}`]);
  });

  it('tells nothing of a person, and nothing of commands that nobody asked to trace', () => {
    expect(JSON.stringify(spans)).not.toMatch(/Secret Street|planted|Soup/u);
    expect(spans).toHaveLength(2 + 2 + 1 + 2 * 4);
  });
});
