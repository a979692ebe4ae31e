import { createEventStore, eventStoreSession, type EventStore } from '@orderline/event-store';
import { createPool, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { migrateOrders } from '../orders/on-disk-server.ts';
import { eventsOfOrder, fillMonth, monthsOfOrders, orderOfMonth } from './fill-month.ts';

/** Each fills a month at a time. */
const lanes = 2;
const mostPicked = 200_000;
/** Of the busiest arm. */
const mostCallers = 16;

/** The database of an event store with five years of orders, as many in each month. */
export type GrownDatabase = {
  readonly database: TestDatabase;
  readonly gigabytes: { readonly table: number; readonly indexes: number };
  /** Orders of all months in no order, none twice; each is at version `eventsOfOrder`. */
  readonly orderIds: readonly string[];
};

/** So many events; they differ from real ones in being alike, and in hashes that are none. */
export const growDatabase = async (adminUrl: string, rows: number): Promise<GrownDatabase> => {
  const database = await createTestDatabase(adminUrl, 'orders_owner');
  await migrateOrders(database);
  const admin = createPool({ databaseUrl: database.adminUrl, applicationName: 'growth bench', max: lanes });
  await admin.query(orderOfMonth);
  const ordersPerMonth = Math.ceil(rows / monthsOfOrders / eventsOfOrder);
  let month = 0;
  const lane = async (): Promise<void> => {
    while (month < monthsOfOrders) await fillMonth(admin, month++, ordersPerMonth);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const grown = { database, gigabytes: await sizesOf(admin), orderIds: await pickOrders(admin, ordersPerMonth) };
  await admin.end();
  return grown;
};

export type GrownStore = { readonly store: EventStore; nextOrder: () => string; end: () => Promise<void> };

/** An event store on a database that has grown. */
export const openGrown = ({ database, orderIds }: GrownDatabase): GrownStore => {
  const pool = createPool({
    databaseUrl: database.urlOf('orders_app'),
    applicationName: 'growth bench',
    max: mostCallers,
    idleTimeoutMs: 0,
    session: eventStoreSession,
  });
  const next = orderIds.values();
  return {
    store: createEventStore(pool),
    nextOrder: () => {
      const { value, done } = next.next();
      if (done === true) throw new Error('every order that was picked has been appended to');
      return value;
    },
    end: () => pool.end(),
  };
};

const sizesOf = async (admin: Pool): Promise<GrownDatabase['gigabytes']> => {
  const { rows } = await admin.query<{ table: number; indexes: number }>(
    `SELECT sum(pg_table_size(inhrelid))::float8 / 1e9 AS table, sum(pg_indexes_size(inhrelid))::float8 / 1e9 AS indexes
     FROM pg_inherits WHERE inhparent = 'event'::regclass`,
  );
  return rows[0] ?? { table: 0, indexes: 0 };
};

const pickOrders = async (admin: Pool, ordersPerMonth: number): Promise<string[]> => {
  const { rows } = await admin.query<{ id: string }>(
    `SELECT bench_order(month, nth, $1::bigint) AS id FROM (
       SELECT DISTINCT floor(random() * ${monthsOfOrders})::int AS month, floor(random() * $1::bigint)::bigint AS nth
       FROM generate_series(1, $2)
     ) AS picked ORDER BY random()`,
    [ordersPerMonth, mostPicked],
  );
  return rows.map(({ id }) => id);
};
