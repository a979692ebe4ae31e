import { withTransaction } from '@orderline/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { appendOf, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';
import { runJanitor } from './run-janitor.ts';

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const partition = (parent: string, offset: number) => `${parent}_${day(offset).replaceAll('-', '_')}`;

/** Its name is the relay's own, and the cluster has one of a name: no other spec file makes it. */
const slot = 'orderline_outbox';

describe('the janitor, on a real database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
    await orders.store.append(appendOf(newId(), 0));
  });
  afterAll(async () => {
    await dropSlot();
    await orders.end();
  });
  beforeEach(async () => {
    await dropSlot();
    await orders.admin.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [slot]);
  });

  const dropSlot = () =>
    orders.admin.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1', [
      slot,
    ]);
  const relayAll = () => orders.admin.query('SELECT pg_replication_slot_advance($1, pg_current_wal_lsn())', [slot]);
  const makePast = (parent: 'outbox' | 'receipt', offset: number) =>
    orders.admin.query(`SELECT make_partition($1, $2, quote_literal($3::text), quote_literal($4::text))`, [
      parent,
      partition(parent, offset),
      day(offset),
      day(offset + 1),
    ]);
  const publishAt = (offset: number) =>
    orders.admin.query(
      `INSERT INTO outbox SELECT event_id, route, message_key, payload, recorded_at + make_interval(days => $1),
         ce_specversion, ce_id, ce_source, ce_type, ce_subject, ce_time, content_type, event_type, event_version,
         correlation_id, traceparent FROM outbox LIMIT 1`,
      [offset],
    );
  const exists = async (name: string) => {
    const { rows } = await orders.admin.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
      name,
    ]);
    return rows[0]?.there;
  };

  it('keeps a week of days and three months of orders ahead, and makes them once', async () => {
    const ahead = [partition('outbox', 7), partition('receipt', 7)];
    for (const name of ahead) expect(await exists(name)).toBe(true);
    await orders.admin.query(`DROP TABLE ${ahead.join(', ')}`);
    expect((await runJanitor(orders.pool)).made.toSorted()).toEqual(ahead.toSorted());
    expect((await runJanitor(orders.pool)).made).toEqual([]);
    const { rows } = await orders.admin.query<{ months: number }>(
      `SELECT count(*)::int AS months FROM pg_inherits WHERE inhparent = 'event'::regclass AND inhrelid::regclass::text ~ '_\\d{4}_\\d\\d$'`,
    );
    expect(rows).toEqual([{ months: 4 }]);
  });

  it('drops an outbox partition only once its day is past and the relay has confirmed what was in it', async () => {
    await makePast('outbox', -3);
    await publishAt(-3);
    const name = partition('outbox', -3);
    expect((await runJanitor(orders.pool)).outbox).toEqual([
      { partition: name, outcome: 'retired' },
      { partition: name, outcome: 'held_by_relay' },
    ]);
    expect((await runJanitor(orders.pool)).outbox).toEqual([{ partition: name, outcome: 'held_by_relay' }]);
    expect(await exists(name)).toBe(true);
    await relayAll();
    expect((await runJanitor(orders.pool)).outbox).toEqual([{ partition: name, outcome: 'dropped' }]);
    expect(await exists(name)).toBe(false);
    expect((await runJanitor(orders.pool)).outbox).toEqual([]);
  });

  it('leaves rows of a retired partition readable for a relay that is behind, as rows of the outbox', async () => {
    await makePast('outbox', -4);
    await publishAt(-4);
    await runJanitor(orders.pool);
    const { rows } = await orders.admin.query<{ data: Buffer }>(
      `SELECT data FROM pg_logical_slot_peek_binary_changes($1, NULL, NULL, 'proto_version', '1', 'publication_names', 'orderline_outbox')`,
      [slot],
    );
    // pgoutput's Insert: 'I', then the oid of the relation it is published as.
    const inserts = rows.filter(({ data }) => data.toString('latin1', 0, 1) === 'I');
    const root = await orders.admin.query<{ oid: number }>(`SELECT 'outbox'::regclass::oid::int AS oid`);
    expect(inserts.map(({ data }) => data.readInt32BE(1))).toEqual([root.rows[0]?.oid]);
    await relayAll();
    await runJanitor(orders.pool);
  });

  it('refuses while a transaction that has written to the outbox is open', async () => {
    await makePast('outbox', -5);
    const name = partition('outbox', -5);
    await withTransaction(orders.admin, async (writer) => {
      await writer.query('INSERT INTO outbox SELECT * FROM outbox LIMIT 1');
      expect((await runJanitor(orders.pool)).outbox).toEqual([
        { partition: name, outcome: 'held_by_open_transaction' },
      ]);
    });
    expect((await runJanitor(orders.pool)).outbox[0]).toEqual({ partition: name, outcome: 'retired' });
    await relayAll();
    await runJanitor(orders.pool);
  });

  it('drops nothing without a slot: nobody has confirmed anything', async () => {
    await makePast('outbox', -6);
    await dropSlot();
    const name = partition('outbox', -6);
    expect((await runJanitor(orders.pool)).outbox).toEqual([
      { partition: name, outcome: 'retired' },
      { partition: name, outcome: 'held_without_slot' },
    ]);
    expect(await exists(name)).toBe(true);
  });

  it('asks the slot of the relay and no other', async () => {
    await makePast('outbox', -7);
    await dropSlot();
    const other = `other_${orders.database.name}`;
    await orders.admin.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [other]);
    const name = partition('outbox', -7);
    try {
      await runJanitor(orders.pool);
      await orders.admin.query('SELECT pg_replication_slot_advance($1, pg_current_wal_lsn())', [other]);
      expect((await runJanitor(orders.pool)).outbox).toContainEqual({ partition: name, outcome: 'held_without_slot' });
      expect(await exists(name)).toBe(true);
    } finally {
      await orders.admin.query('SELECT pg_drop_replication_slot($1)', [other]);
    }
  });

  it('keeps yesterday’s partition within the hour of grace and today’s always', async () => {
    expect(await exists(partition('outbox', 0))).toBe(true);
    await runJanitor(orders.pool);
    expect(await exists(partition('outbox', 0))).toBe(true);
  });

  it('drops receipts two days after they can last be found', async () => {
    for (const offset of [-4, -3, -2, -1]) await makePast('receipt', offset);
    expect((await runJanitor(orders.pool)).expiredReceipts).toEqual([
      partition('receipt', -4),
      partition('receipt', -3),
    ]);
    expect(await exists(partition('receipt', -2))).toBe(true);
  });

  it('survives a stepped clock: rows go to the default partition, and that is reported', async () => {
    expect((await runJanitor(orders.pool)).filledDefaults).toEqual([]);
    await publishAt(400);
    expect((await runJanitor(orders.pool)).filledDefaults).toEqual(['outbox_default']);
  });

  it('may be run by eight at once', async () => {
    await orders.admin.query(`DROP TABLE ${partition('outbox', 6)}`);
    const reports = await Promise.all(Array.from({ length: 8 }, () => runJanitor(orders.pool)));
    expect(reports.flatMap(({ made }) => made)).toEqual([partition('outbox', 6)]);
  });

  it.each([
    ['outbox', 'retire_outbox_partitions'],
    ['receipt', 'drop_expired_receipts'],
  ] as const)(
    'lets one of eight at once take the past partitions of %s, and none fail for it',
    async (parent, work) => {
      const past = Array.from({ length: 12 }, (_, index) => -20 - index);
      for (const offset of past) await makePast(parent, offset);
      const call = async () => (await orders.pool.query(`SELECT * FROM ${work}()`)).rows.length;
      const taken = await Promise.all(Array.from({ length: 8 }, call));
      expect(taken.reduce((sum, count) => sum + count, 0)).toBe(past.length);
      await relayAll();
      await runJanitor(orders.pool);
    },
  );

  it('leaves expired receipts to a later run while somebody reads there', async () => {
    await makePast('receipt', -10);
    await withTransaction(orders.admin, async (reader) => {
      await reader.query('SELECT count(*) FROM receipt');
      expect((await runJanitor(orders.pool)).expiredReceipts).toEqual([]);
    });
    expect((await runJanitor(orders.pool)).expiredReceipts).toEqual([partition('receipt', -10)]);
  });
});
