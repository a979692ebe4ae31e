import { readFileSync } from 'node:fs';
import type { TestDatabase } from '@orderline/testing';
import type { Pool } from '@orderline/postgres';
import type { RunningService } from '@orderline/service-host';
import { Kafka, type CloudEventV1 } from 'cloudevents';
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

const connectorFile = new URL('../../../../infra/debezium/outbox-connector.json', import.meta.url);
const { config } = JSON.parse(readFileSync(connectorFile, 'utf8')) as { config: Record<string, string> };
const placement = config['transforms.outbox.table.fields.additional.placement'] ?? '';

/** The headers that the relay makes of an outbox row, by its own configuration: `column:header` or `column:header:name`. */
const headersOf = (row: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(
    placement.split(',').flatMap((entry) => {
      const [column = '', , name = column] = entry.split(':');
      const value = row[column];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

const orderId = async (): Promise<string> => {
  const item = { sku: 'soup', name: 'Soup', quantity: 1, unitPrice: '4.50' };
  const order = { customerId: 'c-1', restaurantId: 'r-1', currency: 'USD', items: [item], notes: 'ring twice' };
  const { body } = await send('POST', '/orders', order);
  await send('POST', `/orders/${String(body['orderId'])}/confirm`);
  return String(body['orderId']);
};

type OutboxRow = Record<string, string | null> & { payload: string };

const outboxOf = async (id: string): Promise<OutboxRow[]> => {
  const { rows } = await database.owner.query<{ row: OutboxRow }>(
    'SELECT to_jsonb(outbox) AS row FROM outbox WHERE message_key = $1 ORDER BY event_version',
    [id],
  );
  return rows.map(({ row }) => row);
};

describe("an event's headers, as order-command writes them", () => {
  it('are a CloudEvent to the official SDK', async () => {
    const id = await orderId();
    const rows = await outboxOf(id);
    const events = rows.map((row) => {
      const message = { headers: headersOf(row), key: id, value: row.payload, timestamp: undefined };
      return Kafka.toEvent<string>(message as never) as CloudEventV1<string> & { validate(): boolean };
    });
    expect(events.map((event) => event.validate())).toEqual([true, true]);
    expect(events).toMatchObject(
      ['OrderCreated', 'OrderConfirmed'].map((type, index) => ({
        specversion: '1.0',
        id: rows[index]?.['event_id'],
        source: '/orderline/order-command',
        type: `orderline.orders.${type}`,
        subject: id,
        datacontenttype: 'application/avro',
        time: new Date(`${rows[index]?.['recorded_at'] ?? ''}Z`).toISOString(),
      })),
    );
  });

  it('have the names and texts of the contract, and nothing personal', async () => {
    const id = await orderId();
    const [created] = await outboxOf(id);
    const headers = headersOf(created!);
    expect(headers).toEqual({
      ce_specversion: '1.0',
      ce_id: created!['event_id'],
      ce_source: '/orderline/order-command',
      ce_type: 'orderline.orders.OrderCreated',
      ce_subject: id,
      ce_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u) as string,
      'content-type': 'application/avro',
      'event-type': 'OrderCreated',
      'event-version': '1',
      'correlation-id': expect.any(String) as string,
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/u) as string,
    });
    expect(JSON.stringify(headers)).not.toContain('ring twice');
  });

  it('would be refused by the SDK without an id or a type', async () => {
    const [created] = await outboxOf(await orderId());
    const read = (change: Record<string, string | undefined>) => () => {
      const headers = { ...headersOf(created!), ...change };
      const event = Kafka.toEvent({ headers, key: 'k', value: created!.payload } as never) as CloudEventV1<string> & {
        validate(): boolean;
      };
      return event.validate();
    };
    expect(read({ ce_id: undefined })).toThrow();
    expect(read({ ce_type: '' })).toThrow();
  });
});
