import { createEventStore, eventStoreSession } from '@orderline/event-store';
import { stateFingerprint, type Order } from '@orderline/ordering';
import { createPool, type Pool } from '@orderline/postgres';
import type { Effort } from './effort.ts';
import { measureArms, type Arm, type ComparisonResult } from './measure-arms.ts';
import { onDiskServer } from './orders/on-disk-server.ts';
import { newId } from './orders/sample-order.ts';
import { fold } from './orders/stored-form.ts';
import { writeHistory } from './orders/write-history.ts';

const ordersOfEach = 10;
/** What order-command folds at most after a snapshot, less than its SNAPSHOT_EVERY. */
const longestTail = 49;

/**
 * The state of an order by one caller, from memory: by a full replay (load, upcast, fold) and from a snapshot with the longest
 * tail that order-command leaves (half of the order where that is less), against a bare SELECT of the same rows by pg.
 */
export const run = (report: (result: ComparisonResult) => void, effort: Effort): Promise<void> =>
  onDiskServer(async ({ orders }) => {
    const databaseUrl = orders.urlOf('orders_app');
    const pool = createPool({ databaseUrl, applicationName: 'loading bench', session: eventStoreSession });
    const lengths = [10, 100, 1_000, 10_000].filter((events) => events <= effort.longest);
    const ids = new Map(lengths.map((events) => [events, Array.from({ length: ordersOfEach }, () => newId())]));
    for (const [events, orderIds] of ids) {
      const snapshotAt = events - Math.min(events / 2, longestTail);
      await Promise.all(orderIds.map((id) => writeHistory(createEventStore(pool), id, events, snapshotAt)));
    }
    await settle(orders.adminUrl);
    for (const [events, orderIds] of ids) {
      const { rounds, seconds } = effort;
      const arms = armsOf(pool, orderIds, seconds);
      report(await measureArms({ title: `${events} events`, unit: 'ms', arms, against: 'bare SELECT', rounds }));
    }
    await pool.end();
  });

/** So that no measured read writes hint bits or waits for a checkpoint of what was just stored. */
const settle = async (adminUrl: string): Promise<void> => {
  const admin = createPool({ databaseUrl: adminUrl, applicationName: 'loading bench' });
  await admin.query('VACUUM (ANALYZE) event, snapshot');
  await admin.query('CHECKPOINT');
  await admin.end();
};

const bareSelect = {
  name: 'bare_select',
  text: `SELECT version, event_id, type, schema_version, data, metadata, extract(epoch FROM recorded_at)::float8 AS recorded_at
    FROM event WHERE order_id = $1 ORDER BY version`,
};

const armsOf = (pool: Pool, orderIds: readonly string[], seconds: number): Arm[] => {
  const store = createEventStore(pool);
  const load = async (id: string, snapshotFingerprint?: string): Promise<Order> => {
    const stream = await store.load(id, snapshotFingerprint === undefined ? {} : { snapshotFingerprint });
    const order = stream && fold(stream);
    if (order?.status !== 'Delivered') throw new Error('not the order that was stored');
    return order;
  };
  const acts = {
    'bare SELECT': (id: string) => pool.query({ ...bareSelect, values: [id] }),
    'full replay': (id: string) => load(id),
    'snapshot and tail': (id: string) => load(id, stateFingerprint),
  };
  return Object.entries(acts).map(([name, act]) => ({ name, round: () => meanOf(act, orderIds, seconds) }));
};

/** Milliseconds of a call, over calls on all ids in turn. */
const meanOf = async (
  act: (id: string) => Promise<unknown>,
  ids: readonly string[],
  seconds: number,
): Promise<number> => {
  const start = performance.now();
  let calls = 0;
  do {
    for (const id of ids) await act(id);
    calls += ids.length;
  } while (performance.now() - start < seconds * 1000);
  return (performance.now() - start) / calls;
};
