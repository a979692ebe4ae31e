import { randomUUID } from 'node:crypto';
import { contractSchemas, currentSchemaIds, encodeEvent, type EventType, type SchemaIds } from '@orderline/contracts';
import { createKafka, createRegistryClient } from '@orderline/kafka';
import { orderLife } from '@orderline/projector-host/testing';
import { eventually } from '@orderline/testing';
import fc from 'fast-check';
import type { Admin, Message, Producer } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { seedOfRun } from '../invariants/chance.ts';
import { projectionsOf, projectorNames, projectors, type ProjectorName } from '../invariants/projectors.ts';
import { query } from '../invariants/query.ts';
import '../support/provided.ts';
import { hugeRecords, oddRecords, type Odd } from './odd-records.ts';
import { startApp, type App } from './start-app.ts';

const odd = 2_000;
const orders = 100;
const { kafkaBrokers, registryUrl, ordersUrl } = inject('stack');
const topic = `fuzz-${randomUUID()}`;
const kafka = createKafka({ brokers: kafkaBrokers, clientId: 'fuzz' });
const apps = new Map<ProjectorName, App>();
let admin: Admin;
let producer: Producer;
let sent: Odd[];
let wellFormed: Message[];

const life: readonly EventType[] = [
  'OrderCreated',
  'PaymentReceived',
  'OrderConfirmed',
  'OrderPreparing',
  'OrderReady',
  'OrderOutForDelivery',
  'OrderDelivered',
];
const statusAfter = ['Created', 'Created', 'Confirmed', 'Preparing', 'Ready', 'OutForDelivery', 'Delivered'];
type Lived = { orderId: string; version: number; status: string };
const lived: Lived[] = [];

/** Orders of every length of life; some records twice, as a relay that starts again sends them, and some with no value between. */
const liveOrders = (ids: SchemaIds): Message[] =>
  Array.from({ length: orders }, (_, at) => {
    const order = orderLife();
    const { orderId } = order;
    const version = 1 + (at % life.length);
    lived.push({ orderId, version, status: statusAfter[version - 1] ?? '' });
    return life.slice(0, version).flatMap((type, step): Message[] => {
      const recordedAt = Date.parse('2026-01-15T14:00:00Z') + step * 1_000;
      const message = {
        key: orderId,
        value: encodeEvent(order.next(type, recordedAt), ids),
        timestamp: String(recordedAt),
      };
      return at % 5 === 0 ? [message, { key: orderId, value: null }, message] : [message];
    });
  }).flat();

const schemas = async (): Promise<{ ids: SchemaIds; unknownId: number }> => {
  const rows = await query<{ subject: string; fingerprint: string; id: number }>(ordersUrl, 'SELECT * FROM schema_id');
  const unknown = {
    type: 'record',
    name: 'OrderTeleported',
    namespace: 'orderline.orders',
    fields: [{ name: 'note', type: 'string' }],
  };
  const registry = createRegistryClient({ url: registryUrl });
  return {
    ids: currentSchemaIds(rows),
    unknownId: await registry.register(`${topic}-teleported`, JSON.stringify(unknown), 'NONE'),
  };
};

beforeAll(async () => {
  admin = kafka.admin();
  producer = kafka.producer();
  await Promise.all([admin.connect(), producer.connect()]);
  const unlimited = {
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'message.timestamp.after.max.ms': '9223372036854775807',
  };
  await admin.createTopics({
    waitForLeaders: false,
    topics: [
      { topic, numPartitions: 12, configEntries: Object.entries(unlimited).map(([name, value]) => ({ name, value })) },
    ],
  });
  await eventually(() => admin.fetchTopicMetadata({ topics: [topic] }));
  for (const name of projectorNames) {
    const app = await startApp(ordersUrl, {
      folder: `apps/${name}-projector`,
      role: projectors[name].database,
      migrations: [
        { folder: 'libs/projection/migrations', ledger: 'projection_migration' },
        { folder: `apps/${name}-projector/migrations`, ledger: 'app_migration' },
      ],
      settings: {
        KAFKA_BROKERS: kafkaBrokers.join(','),
        SCHEMA_REGISTRY_URL: registryUrl,
        ORDER_TOPIC: topic,
        KAFKA_GROUP_PREFIX: `${topic}-`,
      },
    });
    apps.set(name, app);
  }
  const known = await schemas();
  expect(known.ids.size).toBe(contractSchemas.length);
  const small = fc.sample(oddRecords(known), { seed: seedOfRun(`${odd} odd records`), numRuns: odd });
  const huge = hugeRecords(known.ids);
  sent = [...small, ...huge];
  wellFormed = liveOrders(known.ids);
  const messages = small.map(({ message }) => message);
  // The well-formed ones keep their order among themselves, the odd ones fall between them.
  const every = Math.ceil(messages.length / wellFormed.length);
  const mixed = wellFormed.flatMap((message, at) => [message, ...messages.slice(at * every, (at + 1) * every)]);
  for (let first = 0; first < mixed.length; first += 100) {
    await producer.send({ topic, messages: mixed.slice(first, first + 100) });
  }
  // With another one in its batch, none of them is taken.
  for (const { message } of huge) await producer.send({ topic, messages: [message] });
}, 120_000);

afterAll(async () => {
  await Promise.all([...apps.values()].map((app) => app.stop()));
  await admin.deleteTopics({ topics: [topic] });
  await Promise.all([admin.disconnect(), producer.disconnect()]);
});

type Status = { name: string; lagEvents: number; partitions: { offset: number }[] };

const statusOf = async ({ url }: App): Promise<Status[]> =>
  ((await (await fetch(`${url}/projections`)).json()) as { projections: Status[] }).projections;

const shown = (text: string): string => text.replaceAll('\0', '\ufffd').slice(0, 200);
const textOf = (key: Message['key']): string =>
  key === null || key === undefined || key.length === 0 ? 'unknown' : shown(key.toString());

describe.each(projectorNames)('%s among records that fit nowhere', (name) => {
  const app = (): App => apps.get(name)!;

  it('takes them all in: nothing is held back, and the process is the same and ready', async () => {
    await eventually(
      async () => {
        app().expectAlive();
        for (const { lagEvents, partitions } of await statusOf(app())) {
          expect(partitions.reduce((sum, { offset }) => sum + offset, 0)).toBe(sent.length + wellFormed.length);
          expect(lagEvents).toBe(0);
        }
      },
      { withinMs: 60_000, everyMs: 100 },
    );
    expect((await fetch(`${app().url}/health/ready`)).status).toBe(200);
    expect(await app().memory()).toBeLessThan(400 * 2 ** 20);
  });

  it.each(projectionsOf(name).map(([projection]) => projection))(
    'parks the order of each that cannot be applied in %s, and no other',
    async (projection) => {
      const rows = await query<{ id: string }>(
        app().databaseUrl,
        `SELECT DISTINCT order_id AS id FROM projection_parked WHERE generation = serving_generation($1)`,
        [projection],
      );
      const expected = new Set(sent.filter(({ parks }) => parks).map(({ message }) => textOf(message.key)));
      const found = new Set(rows.map(({ id }) => id));
      const kindOf = (id: string): string =>
        sent.find(({ message }) => textOf(message.key) === id)?.kind ?? 'well formed';
      expect([...expected].filter((id) => !found.has(id)).map(kindOf), 'not parked').toEqual([]);
      expect([...found].filter((id) => !expected.has(id)).map(kindOf), 'parked').toEqual([]);
    },
  );

  it('counts what it passes over', async () => {
    const metrics = await (await fetch(`${app().url}/metrics`)).text();
    const counted = (why: string): number =>
      Number(
        new RegExp(`^orderline_projection_passed_over_records_total\\{[^}]*why="${why}"[^}]*\\} (\\d+)$`, 'mu').exec(
          metrics,
        )?.[1],
      );
    const withoutValue = [...sent.map(({ message }) => message), ...wellFormed].filter(({ value }) => value === null);
    expect(counted('no_value')).toBe(withoutValue.length);
    expect(counted('unknown_type')).toBe(sent.filter(({ kind }) => kind === 'of a type that nobody knows').length);
  });
});

describe('well-formed orders among records that fit nowhere', () => {
  const rowsOf = (name: ProjectorName, sql: string): Promise<object[]> => query(apps.get(name)!.databaseUrl, sql);
  const sorted = (list: readonly Lived[]): Lived[] =>
    [...list].sort((left, right) => (left.orderId < right.orderId ? -1 : 1));
  const of = 'SELECT order_id AS "orderId", version, status FROM';
  const paid = (): number => lived.filter(({ version }) => version > 1).length * 900;

  it('have their rows in the summary and in the history of customers, and nobody else has', async () => {
    expect(await rowsOf('order-summary', `${of} order_summary ORDER BY order_id`)).toEqual(sorted(lived));
    expect(await rowsOf('customer-history', `${of} customer_order ORDER BY order_id`)).toEqual(sorted(lived));
  });

  it('are on the dashboard until they are delivered', async () => {
    const open = lived.filter(({ status }) => status !== 'Delivered');
    expect(await rowsOf('restaurant-dashboard', `${of} open_order ORDER BY order_id`)).toEqual(sorted(open));
    const [day] = await rowsOf(
      'restaurant-dashboard',
      'SELECT created::int, delivered::int, cancelled::int FROM restaurant_day',
    );
    expect(day).toEqual({ created: orders, delivered: orders - open.length, cancelled: 0 });
  });

  it('are counted once each in what is added up', async () => {
    expect(await rowsOf('analytics', 'SELECT currency, received_minor::int AS received FROM revenue')).toEqual([
      { currency: 'USD', received: paid() },
    ]);
    const reached = (version: number): number => lived.filter((order) => order.version >= version).length;
    expect(await rowsOf('analytics', 'SELECT created::int, confirmed::int, delivered::int FROM funnel')).toEqual([
      { created: orders, confirmed: reached(3), delivered: reached(7) },
    ]);
  });
});
