import { randomUUIDv7 } from 'node:crypto';
import type { SchemaIds } from '@orderline/contracts';
import type { EventStore } from '@orderline/event-store';
import type { Pool } from '@orderline/postgres';
import { Registry, type RunningService } from '@orderline/service-host';
import type { TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { commandHeaders } from '../http/command-headers.ts';
import { ifMatchField } from '../http/if-match.ts';
import { client, createOrdersDatabase, startOrderCommand, type Send } from '../order-service.testing.ts';
import { EVENT_STORE, POOL, SCHEMA_IDS } from '../tokens.ts';
import { Admission } from './admission.ts';
import { createCommandMetrics } from './command-metrics.ts';
import type { CommandRequest } from './command-request.ts';
import { createCommandHandling, type HandleCommand } from './handle-command.ts';
import { OrderQueue } from './order-queue.ts';
import { rememberOutcome } from './remember-outcome.ts';

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
};
const create = async (): Promise<string> => (await send('POST', '/orders', anOrder)).body['orderId'] as string;

let registry: Registry;

/** Another process's handling, which finds that `interfere` came first in each of the first `times` appends. */
const handlingThatMeets = (times: number, interfere: (nth: number) => Promise<unknown>): HandleCommand => {
  const store = service.app.get<EventStore>(EVENT_STORE);
  const pool = service.app.get<Pool>(POOL);
  let met = 0;
  registry = new Registry();
  return createCommandHandling({
    store: {
      ...store,
      append: async (request) => {
        if (met < times) await interfere((met += 1));
        return store.append(request);
      },
    },
    schemaIds: service.app.get<SchemaIds>(SCHEMA_IDS),
    newEventId: randomUUIDv7,
    snapshotEvery: 1_000,
    metrics: createCommandMetrics(registry),
    remember: (receipt) => rememberOutcome(pool, receipt),
    queue: new OrderQueue(10),
    admission: new Admission(10),
  });
};

const request = (orderId: string, changes: Partial<CommandRequest> = {}): CommandRequest => ({
  kind: 'ConfirmOrder',
  trace: undefined,
  orderId,
  origin: {
    actor: commandHeaders.parse({})['X-Actor'],
    correlationId: 'spec',
    causationId: null,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    occurredAt: Date.now(),
  },
  expectation: undefined,
  key: undefined,
  status: 200,
  ...changes,
});
const confirm = { type: 'ConfirmOrder' as const, at: 0 };
/** The counters of the process that interfered with nobody else's. */
const told = async (): Promise<string[]> =>
  (await registry.metrics()).split('\n').filter((line) => /^orderline_\S+_total/u.test(line));
const noteOf = (orderId: string) => (nth: number) => send('PATCH', `/orders/${orderId}`, { notes: `n-${nth}` });

describe('a command that meets the events of another process', () => {
  it('is decided again on the new state, up to five times', async () => {
    const id = await create();
    const { at, status } = await handlingThatMeets(5, noteOf(id))(request(id), () => confirm);
    expect([status, at.version, at.order.status, at.order.notes]).toEqual([200, 7, 'Confirmed', 'n-5']);
    expect(await told()).toEqual([
      'orderline_commands_total{command="ConfirmOrder",outcome="accepted"} 1',
      'orderline_command_conflicts_total 5',
      'orderline_command_retries_total 5',
      'orderline_appended_events_total 1',
    ]);
  });

  it('is refused in the end, with the version the order is at', async () => {
    const id = await create();
    await expect(handlingThatMeets(6, noteOf(id))(request(id), () => confirm)).rejects.toMatchObject({
      status: 409,
      code: 'version_conflict',
      details: { members: { currentVersion: 7 } },
    });
    expect(await told()).toEqual([
      'orderline_commands_total{command="ConfirmOrder",outcome="version_conflict"} 1',
      'orderline_command_conflicts_total 6',
      'orderline_command_retries_total 5',
      'orderline_appended_events_total 0',
    ]);
  });

  it('is refused by the rules where the new state forbids it', async () => {
    const id = await create();
    const cancel = (): Promise<unknown> => send('POST', `/orders/${id}/cancel`, { reason: 'closed' });
    await expect(handlingThatMeets(1, cancel)(request(id), () => confirm)).rejects.toMatchObject({
      status: 409,
      code: 'transition_refused',
    });
  });

  it('changes nothing where the other did just that', async () => {
    const id = await create();
    const same = (): Promise<unknown> => send('POST', `/orders/${id}/confirm`);
    const { at, status } = await handlingThatMeets(1, same)(request(id), () => confirm);
    expect([status, at.version]).toEqual([200, 2]);
    expect(await told()).toContain('orderline_commands_total{command="ConfirmOrder",outcome="unchanged"} 1');
  });

  it('with If-Match is refused at once, and with If-Match: * goes on', async () => {
    const id = await create();
    const tagged = request(id, { expectation: ifMatchField.parse('"1"') });
    await expect(handlingThatMeets(1, noteOf(id))(tagged, () => confirm)).rejects.toMatchObject({
      status: 412,
      code: 'version_moved',
      details: { members: { currentVersion: 2 } },
    });
    const any = request(id, { expectation: ifMatchField.parse('*') });
    const interfere = (): Promise<unknown> => send('PATCH', `/orders/${id}`, { notes: 'once more' });
    expect((await handlingThatMeets(1, interfere)(any, () => confirm)).at.version).toBe(4);
  });
});
