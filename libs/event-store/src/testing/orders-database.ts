import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import type { AppendRequest, NewEvent } from '../append-request.ts';
import { createEventStore, eventStoreSession } from '../create-event-store.ts';
import type { EventStore } from '../event-store.ts';

export type OrdersDatabase = {
  readonly database: TestDatabase;
  /** As orders_app, with the settings of the service. */
  readonly pool: Pool;
  /** As the superuser: what no role of the project may do. */
  readonly admin: Pool;
  readonly store: EventStore;
  readonly end: () => Promise<void>;
};

/** A migrated orders database of one spec file. */
export const openOrdersDatabase = async (serverUrl: string): Promise<OrdersDatabase> => {
  const database = await createTestDatabase(serverUrl, 'orders_owner');
  await migrate({
    databaseUrl: database.urlOf('orders_owner'),
    folder: fileURLToPath(new URL('../../../../apps/order-command/migrations', import.meta.url)),
    ledger: 'orders_migration',
  });
  const applicationName = 'event store spec';
  const pool = createPool({ databaseUrl: database.urlOf('orders_app'), applicationName, session: eventStoreSession });
  const admin = createPool({ databaseUrl: database.adminUrl, applicationName });
  const end = async (): Promise<void> => {
    await Promise.all([pool.end(), admin.end()]);
    await database.drop();
  };
  return { database, pool, admin, store: createEventStore(pool), end };
};

/** A UUIDv7, of now unless told. */
export const newId = (at = Date.now()): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const newEvent = (change: Partial<NewEvent> = {}): NewEvent => ({
  eventId: newId(),
  type: 'OrderUpdated',
  schemaVersion: 1,
  data: { notes: { keyId: null, value: 'ring “twice”, \\ and a\nnew line' }, deliveryAddress: null },
  metadata: {
    actor: { id: 'c-7', role: 'customer' },
    correlationId: 'correlation-1',
    causationId: null,
    occurredAt: '2026-01-15T14:05:00.120Z',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  },
  outbox: { payload: Buffer.from([0, 0, 0, 0, 7, 1, 2, 255]), ceType: 'orderline.orders.OrderUpdated' },
  ...change,
});

/** An append of so many events to an order. */
export const appendOf = (orderId: string, expectedVersion: number, events = 1): AppendRequest => ({
  orderId,
  expectedVersion,
  events: Array.from({ length: events }, () => newEvent()),
});

/** A value the database cannot hold: jsonb has no zero character. */
export const unstorable = (): NewEvent => newEvent({ data: { notes: 'zero \u0000' } });
