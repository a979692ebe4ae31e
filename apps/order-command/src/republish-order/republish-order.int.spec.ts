import { randomUUIDv7 } from 'node:crypto';
import { contractSchemas, createDecoder, type DecodedEvent } from '@orderline/contracts';
import type { Pool } from '@orderline/postgres';
import type { RunningService } from '@orderline/service-host';
import type { TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { client, createOrdersDatabase, startOrderCommand, type Send } from '../order-service.testing.ts';

let database: TestDatabase & { owner: Pool };
let service: RunningService;
let send: Send;
beforeAll(async () => {
  database = await createOrdersDatabase(inject('postgresUrl'));
  service = await startOrderCommand(database.urlOf('orders_app'));
  send = client(service.url);
});
afterAll(async () => {
  await service.stop();
  await database.drop();
});

const anOrder = {
  customerId: 'c-1',
  restaurantId: 'r-1',
  currency: 'USD',
  items: [{ sku: 'soup', name: 'Soup', quantity: 1, unitPrice: '10' }],
  deliveryAddress: '1 Main Street',
};

/** One event of every type: twelve versions. */
const everyEvent: [string, string, unknown?][] = [
  ['POST', '/items', { sku: 'bread', name: 'Bread', quantity: 1, unitPrice: '2' }],
  ['DELETE', '/items/bread'],
  ['PATCH', '', { notes: 'ring 🔔' }],
  ['POST', '/payments', { method: 'card', amount: '10', reference: 'p-1' }],
  ['POST', '/refunds', { amount: '1', reason: 'cold', reference: 'r-1' }],
  ['POST', '/confirm'],
  ['POST', '/start-preparing', { estimatedMinutes: 10 }],
  ['POST', '/mark-ready'],
  ['POST', '/dispatch', { courier: 'Kim' }],
  ['POST', '/deliver', { signedBy: 'A. Guest' }],
];

const create = async (): Promise<string> => (await send('POST', '/orders', anOrder)).body['orderId'] as string;
const live = async (): Promise<string> => {
  const orderId = await create();
  for (const [method, path, body] of everyEvent) await send(method, `/orders/${orderId}${path}`, body);
  return orderId;
};

type OutboxRow = { event_version: string; payload: Buffer; partition: string } & Record<string, unknown>;
/** Oldest version first; as they were inserted within one. */
const outboxOf = async (orderId: string): Promise<OutboxRow[]> =>
  (
    await database.owner.query<OutboxRow>(
      `SELECT o.*, tableoid::regclass::text AS partition FROM outbox o WHERE message_key = $1
       ORDER BY event_version::int, tableoid, ctid`,
      [orderId],
    )
  ).rows;

const decoder = createDecoder((id) => Promise.resolve(contractSchemas[id - 1]?.schema ?? ''));
const decode = async ({ payload }: OutboxRow): Promise<DecodedEvent> => decoder.decode(payload);

/** An order as an older build stored it: by the owner, without an outbox row. */
const storeLegacy = async (schemaVersion: 1 | 2, recordedAt: string): Promise<string> => {
  const orderId = randomUUIDv7();
  const owner = { customer_id: 'c-old', restaurant_id: 'r-old', total: '22.25' };
  const data =
    schemaVersion === 1
      ? { ...owner, product_ids: ['sku-1', 'sku-1', 'sku-2'] }
      : { ...owner, items: [{ sku: 'sku-1', name: 'Dish 1', quantity: 2, unitPrice: '9.50' }] };
  const metadata = {
    actor: { id: 'import', role: 'system' },
    correlationId: 'import-1',
    causationId: null,
    occurredAt: recordedAt,
    traceparent: null,
  };
  await database.owner.query(
    `WITH e AS (SELECT $1::uuid AS order_id, $2::uuid AS event_id, $3::int AS schema_version, $4::jsonb AS data,
       $5::jsonb AS metadata, $6::timestamptz AS recorded_at)
     INSERT INTO event SELECT order_id, 1, event_id, 'OrderCreated', schema_version, data, metadata, recorded_at,
       event_hash(NULL, ROW(order_id, 1, event_id, 'OrderCreated', schema_version, data, metadata, recorded_at, NULL)::event) FROM e`,
    [orderId, randomUUIDv7(), schemaVersion, JSON.stringify(data), JSON.stringify(metadata), recordedAt],
  );
  return orderId;
};

describe('POST /orders/{id}/republish', () => {
  it('writes the very rows again, byte by byte, for every event type', async () => {
    const orderId = await live();
    const once = await outboxOf(orderId);
    expect(once).toHaveLength(11);
    const { status, body } = await send('POST', `/orders/${orderId}/republish`);
    expect([status, body]).toEqual([200, { orderId, fromVersion: 1, toVersion: 11, records: 11, dryRun: false }]);
    expect(await outboxOf(orderId)).toEqual(once.flatMap((row) => [row, row]));
    expect((await send('GET', `/orders/${orderId}`)).body['version']).toBe(11);
  });

  it('sends from the version it is told on, in version order', async () => {
    const orderId = await live();
    const { body } = await send('POST', `/orders/${orderId}/republish`, { fromVersion: 9 });
    expect(body).toMatchObject({ fromVersion: 9, toVersion: 11, records: 3 });
    const sent = (await outboxOf(orderId)).map((row) => row.event_version);
    expect(sent.toSorted()).toEqual(
      ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9', '10', '10', '11', '11'].toSorted(),
    );
  });

  it('says in a dry run what it would send, and writes nothing', async () => {
    const orderId = await live();
    const before = await outboxOf(orderId);
    const { status, body } = await send('POST', `/orders/${orderId}/republish`, { fromVersion: 3, dryRun: true });
    expect([status, body]).toEqual([200, { orderId, fromVersion: 3, toVersion: 11, records: 9, dryRun: true }]);
    expect(await outboxOf(orderId)).toEqual(before);
  });

  it.each([1, 2] as const)('sends an order that was stored in version %i in the shape of version 3', async (stored) => {
    const orderId = await storeLegacy(stored, '2024-02-29T23:59:59.999Z');
    for (let times = 1; times <= 2; times += 1)
      expect((await send('POST', `/orders/${orderId}/republish`)).body).toMatchObject({ records: 1 });
    const [row, again, ...more] = await outboxOf(orderId);
    expect(more).toEqual([]);
    expect(again, 'the same record, however often it is sent').toEqual(row);
    expect(row).toMatchObject({
      event_version: '1',
      ce_time: '2024-02-29T23:59:59.999Z',
      correlation_id: 'import-1',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/u) as string,
    });
    expect(await decode(row!)).toMatchObject({
      type: 'OrderCreated',
      schemaVersion: 3,
      customerId: 'c-old',
      restaurantId: 'r-old',
      currency: 'USD',
      totalMinor: 2_225,
    });
  });

  it('gives a day whose partition is gone one anew, and leaves the default partition alone', async () => {
    const orderId = await storeLegacy(2, '2024-03-01T12:00:00.000Z');
    await send('POST', `/orders/${orderId}/republish`);
    expect((await outboxOf(orderId)).map(({ partition }) => partition)).toEqual(['outbox_2024_03_01']);
    await database.owner.query('SELECT * FROM retire_outbox_partitions()');
    expect(await outboxOf(orderId)).toEqual([]);
    await send('POST', `/orders/${orderId}/republish`);
    expect((await outboxOf(orderId)).map(({ partition }) => partition)).toEqual(['outbox_2024_03_01_2']);
    const { rows } = await database.owner.query('SELECT * FROM filled_default_partitions()');
    expect(rows).toEqual([]);
  });

  it('reaches the head however many commands come meanwhile: the last rows of the order are in version order', async () => {
    const orderId = await create();
    let stop = false;
    const pay = async (): Promise<number> => {
      let paid = 0;
      for (; !stop; paid += 1) {
        const body = { method: 'card', amount: '0.01', reference: `p-${paid}` };
        expect((await send('POST', `/orders/${orderId}/payments`, body)).status).toBe(200);
      }
      return paid;
    };
    const paying = pay();
    const outcomes = [];
    for (let round = 0; round < 10; round += 1) outcomes.push(await send('POST', `/orders/${orderId}/republish`));
    stop = true;
    const head = 1 + (await paying);
    expect(outcomes.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
    const last = await send('POST', `/orders/${orderId}/republish`);
    expect(last.body).toMatchObject({ toVersion: head, records: head });
  });

  it('takes an order of more events than one statement carries', async () => {
    const orderId = await storeLegacy(2, new Date().toISOString());
    await database.owner.query(
      `INSERT INTO event SELECT order_id, later.version, gen_random_uuid(), 'OrderConfirmed', 1, '{}', metadata,
         recorded_at + later.version * interval '1 ms', hash FROM event, generate_series(2, 1100) later (version) WHERE order_id = $1`,
      [orderId],
    );
    expect((await send('POST', `/orders/${orderId}/republish`)).body).toMatchObject({
      toVersion: 1_100,
      records: 1_100,
    });
    expect((await outboxOf(orderId)).map((row) => Number(row.event_version))).toEqual(
      Array.from({ length: 1_100 }, (_, at) => at + 1),
    );
  });

  it('refuses what it cannot do, each with its code', async () => {
    const orderId = await create();
    const code = async (path: string, body?: unknown): Promise<unknown[]> => {
      const answer = await send('POST', `/orders/${path}/republish`, body);
      return [answer.status, answer.body.code];
    };
    expect(await code(randomUUIDv7())).toEqual([404, 'order_not_found']);
    expect(await code(orderId, { fromVersion: 2 })).toEqual([404, 'version_not_found']);
    expect(await code(orderId, { fromVersion: 0 })).toEqual([400, 'invalid_request']);
    expect(await code(orderId, { fromVersion: 1, until: 3 })).toEqual([400, 'invalid_request']);
    expect(await code('nothing')).toEqual([400, 'invalid_request']);
  });
});
