import { createEventStore, eventStoreSession } from '@orderline/event-store';
import { createPool, type Pool } from '@orderline/postgres';
import { closedLoop } from './append/closed-loop.ts';
import { emmettAppend } from './append/emmett-append.ts';
import { plainTransaction } from './append/plain-transaction.ts';
import { newOrder } from './orders/sample-order.ts';
import { findPgbench, insertByPg, plainTable, runPgbench } from './append/single-insert.ts';
import type { Effort } from './effort.ts';
import { measureArms, type Arm, type ComparisonResult } from './measure-arms.ts';
import { onDiskServer, type BenchServer } from './orders/on-disk-server.ts';

type Acts = Readonly<Record<string, () => Promise<unknown>>>;
type Pools = { readonly orders: Pool; readonly emmett: Pool };

/** With pgbench's, three times as many connections stay within the server's limit of 200. */
const mostCallers = 64;

/**
 * A new order's event with outbox row, recorded_at and hash, durable, by 1, 4, 16 and 64 callers: against a single-table
 * insert of the same bytes by pgbench (the floor), the same by pg, the usual transaction of five round trips, and Emmett's
 * appendToStream. Every arm has a connection per caller, but for the grouped one, which has three in use.
 */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  onDiskServer(async (server) => {
    const pools = openPools(server);
    await makePlainTable(server.orders.adminUrl);
    const emmett = await emmettAppend(pools.emmett, server.empty.urlOf('orders_owner'));
    const pgbench = findPgbench();
    if (pgbench === undefined) console.log('no pgbench here (Debian: package postgresql): measured against pg instead');
    for (const callers of [1, 4, 16, mostCallers]) {
      const { rounds, seconds } = effort;
      const arms = [
        ...floorBy(pgbench, server.orders.adminUrl, callers, seconds),
        ...Object.entries(actsOf(pools, emmett, callers)).map(([name, act]): Arm => ({
          name,
          round: () => closedLoop(act, callers, seconds),
        })),
      ];
      const against = arms[0]?.name ?? '';
      report(await measureArms({ title: `${callers} callers`, unit: 'appends/s', arms, against, rounds }));
    }
    await Promise.all(Object.values(pools).map((pool) => pool.end()));
  });

const openPools = ({ orders, empty }: BenchServer): Pools => {
  const each = { applicationName: 'append bench', max: mostCallers, idleTimeoutMs: 0 };
  return {
    orders: createPool({ ...each, databaseUrl: orders.urlOf('orders_app'), session: eventStoreSession }),
    emmett: createPool({ ...each, databaseUrl: empty.urlOf('orders_owner') }),
  };
};

const makePlainTable = async (databaseUrl: string): Promise<void> => {
  const admin = createPool({ databaseUrl, applicationName: 'append bench' });
  await admin.query(plainTable);
  await admin.end();
};

const floorBy = (pgbench: string | undefined, url: string, callers: number, seconds: number): Arm[] =>
  pgbench === undefined
    ? []
    : [{ name: 'pgbench, one insert', round: () => Promise.resolve(runPgbench(pgbench, url, callers, seconds)) }];

const actsOf = ({ orders }: Pools, emmett: () => Promise<unknown>, callers: number): Acts => {
  const alone = createEventStore(orders, { flushesInFlight: callers, appendsPerFlush: 1 });
  const grouped = createEventStore(orders);
  return {
    'pg, one insert': insertByPg(orders),
    'BEGIN SELECT INSERT INSERT COMMIT': plainTransaction(orders),
    'Emmett, appendToStream': emmett,
    'event store, one append per flush': () => alone.append(newOrder()),
    'event store, grouped': () => grouped.append(newOrder()),
  };
};
