import { randomUUIDv7 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contractSchemas, topicName } from '@orderline/contracts';
import { publishedSchemas } from '@orderline/contracts/governance';
import { harmlessChanges, seeded } from '@orderline/contracts/governance/testing';
import { createRegistryClient } from '@orderline/kafka';
import { Kafka, type CloudEventV1 } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { stackAudit } from '../audit/stack-audit.ts';
import { writeTopic, type Copied } from '../audit/topic-copy.ts';
import { statusOf } from '../invariants/at-rest.ts';
import { parkedAt } from '../invariants/parked.ts';
import { projectionsOf, projectorNames, urlOf, type ProjectorName } from '../invariants/projectors.ts';
import { readOrder, readSummary } from '../pipeline/order-client.ts';
import { recordsOf } from '../pipeline/topic-records.ts';
import '../support/provided.ts';
import { must, storeLegacyOrder, writeCancelled, writeDelivered } from './contract-orders.ts';
import { writeNewerOrder } from './newer-events.ts';
import { prepareConsumers, type Consumer, type Consumers, type Followed } from './run-consumer.ts';
import { schemasCheck } from './schemas-check.ts';
import { unknownTypesMet } from './unknown-types-met.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const consumers: readonly Consumer[] = ['python', 'java', 'typescript', 'contracts-package'];

/**
 * What stays in the stack that all specs share: four orders that are the same in event table, topic and read models (the last
 * test here asks the audit), `newer` of a kind that order-command of this build answers 503 `newer_history` for; in the
 * registry a newer OrderConfirmed and the subject of OrderRated, which nothing of this build asks for.
 */
const ids = { delivered: '', cancelled: '', legacy: randomUUIDv7(), newer: randomUUIDv7() };
const followed = new Map<Consumer, Followed>();
const unknownBefore = new Map<ProjectorName, number>();
let ready: Consumers;
let checked: string;

const follow = (consumer: Consumer, topic: string): Promise<Followed> => {
  const { kafkaBrokers, registryUrl } = inject('stack');
  return ready.follow(consumer, kafkaBrokers[0]!, registryUrl, topic, ...Object.values(ids));
};

beforeAll(async () => {
  const preparing = prepareConsumers();
  checked = (await schemasCheck('--registry', inject('stack').registryUrl)).said;
  [ids.delivered, ids.cancelled] = await Promise.all([writeDelivered(), writeCancelled()]);
  await storeLegacyOrder(ids.legacy);
  await must(ids.legacy, 'republish');
  await recordsOf(ids.delivered, 8);
  await must(ids.delivered, 'republish');
  for (const name of projectorNames) unknownBefore.set(name, await unknownTypesMet(name));
  await writeNewerOrder(ids.newer);
  await Promise.all([
    recordsOf(ids.delivered, 16),
    recordsOf(ids.cancelled, 4),
    recordsOf(ids.legacy, 2),
    recordsOf(ids.newer, 4),
  ]);
  ready = await preparing;
  for (const consumer of consumers) followed.set(consumer, await follow(consumer, topicName));
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

describe('a foreign consumer', () => {
  const wrong = (record: Copied, name: string): Copied => ({
    ...record,
    headers: { ...record.headers, [name]: 'wrong' },
  });

  it('would see a wrong header, on a record that comes again and on one of an unknown type too', async () => {
    const [created] = (await recordsOf(ids.cancelled, 1)).map(({ record }) => record);
    const newer = (await recordsOf(ids.newer, 4)).map(({ record }) => record);
    const rated = newer.map((record, index) => (index === 2 ? wrong(record, 'content-type') : record));
    const topic = await writeTopic([created!, wrong(created!, 'ce_time'), ...rated]);
    const seen = await Promise.all(consumers.map((consumer) => follow(consumer, topic)));
    const [createdId, ratedId] = [created, rated[2]].map((record) => record?.headers['ce_id'] ?? '');
    for (const { consumer, faults } of seen) {
      expect([consumer, ...faults.toSorted()]).toEqual([
        consumer,
        ...[
          `${createdId}: ce_time is wrong, not ${created!.headers['ce_time']!}`,
          `${ratedId}: content-type is wrong, not application/avro`,
        ].toSorted(),
      ]);
    }
  });
});

describe.each(projectorNames)('the projector %s of this build', (name) => {
  it('moves past a new optional field and a new event type: nothing parked, the unknown type counted', async () => {
    const statuses = await statusOf(urlOf(name), { orderId: ids.newer, version: 4 });
    expect(statuses.map((status) => status.name).sort()).toEqual(
      projectionsOf(name)
        .map(([projection]) => projection)
        .sort(),
    );
    const parked = await parkedAt(urlOf(name));
    expect(parked.filter(({ orderId }) => Object.values(ids).includes(orderId))).toEqual([]);
    expect(await unknownTypesMet(name)).toBeGreaterThan(unknownBefore.get(name)!);
  });
});

describe('the summaries of this build', () => {
  it('show an order beyond what they do not know', async () => {
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
      const published = JSON.parse(readFileSync(`${repository}schemas/openapi/${file}.json`, 'utf8')) as object;
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

describe('the audit', () => {
  it('finds nothing wrong with what this leaves in event table, topic and read models', async () => {
    const { lost, doubled, outOfOrder, divergent, tampered } = await stackAudit();
    const findings = [lost, doubled, outOfOrder, divergent, tampered].flat();
    expect(findings.filter(({ orderId }) => Object.values(ids).includes(orderId))).toEqual([]);
  });
});
