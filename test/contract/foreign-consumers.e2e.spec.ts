import { execFile } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contractSchemas } from '@orderline/contracts';
import { publishedSchemas } from '@orderline/contracts/governance';
import { harmlessChanges, seeded } from '@orderline/contracts/governance/testing';
import { createRegistryClient } from '@orderline/kafka';
import { Kafka, type CloudEventV1 } from 'cloudevents';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { command, createOrder, readOrder, readSummary, toTheDoor } from '../pipeline/order-client.ts';
import { recordsOf } from '../pipeline/topic-records.ts';
import '../support/provided.ts';
import { writeNewerOrder } from './newer-events.ts';
import { prepareConsumers, type Consumer, type Consumers, type Followed } from './run-consumer.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const consumers: readonly Consumer[] = ['python', 'java', 'typescript', 'contracts-package'];

const ids = { delivered: '', cancelled: '', legacy: randomUUIDv7(), newer: randomUUIDv7() };
const followed = new Map<Consumer, Followed>();
let ready: Consumers;

const must = async (orderId: string, action: string, body?: unknown): Promise<void> => {
  expect([(await command(orderId, action, body)).status, action]).toEqual([200, action]);
};

/** Two versions of history as an early build stored them: on no topic until they are sent again. */
const storeLegacyOrder = async (orderId: string): Promise<void> => {
  const client = new pg.Client({ connectionString: inject('stack').ordersUrl });
  await client.connect();
  const metadata = { actor: { id: 'import', role: 'system' }, correlationId: 'import', causationId: null };
  const data = { customer_id: 'c-old', restaurant_id: 'r-old', product_ids: ['p-1', 'p-2', 'p-1'], total: '27.5' };
  const events = [
    ['OrderCreated', 1, data],
    ['OrderConfirmed', 1, {}],
  ] as const;
  for (const [index, [type, schemaVersion, stored]] of events.entries()) {
    await client.query(
      `INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, sha256('spec'))`,
      [
        ...[orderId, index + 1, randomUUIDv7(), type, schemaVersion, stored],
        ...[{ ...metadata, occurredAt: '2025-01-15T12:00:00.000Z' }, new Date(Date.now() + index)],
      ],
    );
  }
  await client.end();
};

const writeDelivered = async (): Promise<string> => {
  const { body } = await createOrder();
  const { orderId } = body;
  await must(orderId, 'items', { sku: 'tea', name: 'Tea', quantity: 3, unitPrice: '2' });
  await must(orderId, 'payments', { method: 'card', amount: '16.25', reference: 'p-1' });
  for (const [action, fields] of toTheDoor) await must(orderId, action, fields);
  return orderId;
};

const writeCancelled = async (): Promise<string> => {
  const { body } = await createOrder({ deliveryAddress: 'Čapkova 12, 602 00 Brno' });
  await must(body.orderId, 'payments', { method: 'card', amount: '5', reference: 'p-1' });
  await must(body.orderId, 'cancel', { reason: 'closed', refund: true });
  return body.orderId;
};

const schemasCheck = async (): Promise<string> => {
  const args = [
    '--import',
    'tsx',
    'apps/orderline/src/main.ts',
    'schemas',
    'check',
    '--registry',
    inject('stack').registryUrl,
  ];
  return (await promisify(execFile)(process.execPath, args, { cwd: repository })).stdout;
};
let checked: string;

beforeAll(async () => {
  const preparing = prepareConsumers();
  checked = await schemasCheck();
  [ids.delivered, ids.cancelled] = await Promise.all([writeDelivered(), writeCancelled()]);
  await storeLegacyOrder(ids.legacy);
  await must(ids.legacy, 'republish');
  await recordsOf(ids.delivered, 8);
  await must(ids.delivered, 'republish');
  await writeNewerOrder(ids.newer);
  await Promise.all([
    recordsOf(ids.delivered, 16),
    recordsOf(ids.cancelled, 4),
    recordsOf(ids.legacy, 2),
    recordsOf(ids.newer, 4),
  ]);
  ready = await preparing;
  const { kafkaBrokers, registryUrl } = inject('stack');
  for (const consumer of consumers) {
    followed.set(consumer, await ready.follow(consumer, kafkaBrokers[0]!, registryUrl, ...Object.values(ids)));
  }
});
afterAll(() => ready.remove());

describe.each(consumers)('the %s consumer', (consumer) => {
  const orderOf = (id: string) => followed.get(consumer)?.orders[id];

  it('finds keys, headers, order and types of every record as the page says', () => {
    expect(followed.get(consumer)?.faults).toEqual([]);
    expect(Object.keys(followed.get(consumer)?.orders ?? {}).sort()).toEqual(Object.values(ids).sort());
  });

  it('follows an order to the door and sheds the whole of it sent again', async () => {
    const { body } = await readOrder(ids.delivered);
    expect(orderOf(ids.delivered)).toMatchObject({
      version: body.version,
      status: 'Delivered',
      applied: [
        ...['OrderCreated', 'OrderItemAdded', 'PaymentReceived', 'OrderConfirmed'],
        ...['OrderPreparing', 'OrderReady', 'OrderOutForDelivery', 'OrderDelivered'],
      ],
      unknown: [],
      gaps: 0,
      currency: 'USD',
      totalMinor: 1625,
      paidMinor: 1625,
      refundedMinor: 0,
      deliveryAddress: '1 Main Street',
    });
    expect(orderOf(ids.delivered)?.duplicates).toBeGreaterThanOrEqual(8);
  });

  it('follows one that was called off with its refund', () => {
    expect(orderOf(ids.cancelled)).toMatchObject({
      version: 4,
      status: 'Cancelled',
      applied: ['OrderCreated', 'PaymentReceived', 'PaymentRefunded', 'OrderCancelled'],
      paidMinor: 500,
      refundedMinor: 500,
      deliveryAddress: 'Čapkova 12, 602 00 Brno',
    });
  });

  it('gets an order of old, sent again, in the present shape', () => {
    expect(orderOf(ids.legacy)).toMatchObject({
      version: 2,
      status: 'Confirmed',
      applied: ['OrderCreated', 'OrderConfirmed'],
      currency: 'USD',
      totalMinor: 2750,
    });
  });

  it('is not harmed by a new optional field, nor by a new event type between those it knows', () => {
    expect(orderOf(ids.newer)).toMatchObject({
      version: 4,
      status: 'Preparing',
      applied: ['OrderCreated', 'OrderConfirmed', 'OrderPreparing'],
      unknown: ['OrderRated'],
      gaps: 0,
    });
  });
});

describe('the projectors of this build', () => {
  it('are not harmed by them either', async () => {
    const { status, body } = await readSummary(ids.newer, 4);
    expect([status, body['status'], body['version']]).toEqual([200, 'Preparing', 4]);
  });

  it('show an order of old once it was sent again', async () => {
    const { status, body } = await readSummary(ids.legacy, 2);
    expect([status, body['status'], body['total'], body['itemCount']]).toEqual([200, 'Confirmed', '27.50', 3]);
  });
});

describe('the headers on the topic', () => {
  it('are CloudEvents to the official SDK', async () => {
    const [created] = await recordsOf(ids.cancelled, 1);
    const { key, value, headers, timestamp } = created!.record;
    const event = Kafka.toEvent({ key: String(key), value, headers, timestamp } as never) as CloudEventV1<Buffer>;
    expect(event).toMatchObject({
      specversion: '1.0',
      type: 'orderline.orders.OrderCreated',
      subject: ids.cancelled,
      datacontenttype: 'application/avro',
      time: new Date(timestamp).toISOString(),
    });
  });
});

describe('the descriptions', () => {
  it.each(['order-command', 'order-summary', 'restaurant-dashboard', 'customer-history', 'analytics'])(
    'that are published are what %s serves',
    async (app) => {
      const url = `${inject('stack').appUrls[app] ?? ''}/openapi.json`;
      const file = app === 'order-command' ? app : `${app}-projector`;
      const { default: published } = (await import(`../../schemas/openapi/${file}.json`, {
        with: { type: 'json' },
      })) as {
        default: object;
      };
      expect(await (await fetch(url)).json()).toEqual(published);
    },
  );
});

describe('the registry', () => {
  it('has every present schema, as schemas check finds', () => {
    expect(checked).toContain(
      `registry: ${contractSchemas.length} subjects have the present schema, 0 would take it, 0 refuse it`,
    );
  });

  it('takes every change that schemas check lets through', async () => {
    const registry = createRegistryClient({ url: inject('stack').registryUrl });
    const refused: string[] = [];
    for (const { type, schema } of publishedSchemas(`${repository}schemas`)) {
      for (const change of type === 'OrderConfirmed' ? [] : harmlessChanges) {
        const changed = seeded(change, schema);
        if (changed === undefined) continue;
        const subject = contractSchemas.find((contract) => contract.type === type)!.subject;
        const reasons = await registry.incompatibilities(subject, JSON.stringify(changed));
        if (reasons.length > 0) refused.push(`${change.name}, in ${type}: ${reasons.join('; ')}`);
      }
    }
    expect(refused).toEqual([]);
  });
});
