import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runAudit } from '@orderline/audit';
import { contractSchemas, createDecoder, encodeEvent, toStored, type ContractEvent } from '@orderline/contracts';
import type { TopicRecord } from '@orderline/kafka';
import { applyRoles, startPostgres, type RunningPostgres } from '@orderline/local-stack';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase, eventually, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recoverEvents } from './recover-events.ts';

const schemaIds = new Map(contractSchemas.map(({ subject }, at) => [subject, at + 1]));
const decoder = createDecoder((id) => Promise.resolve(contractSchemas[id - 1]?.schema ?? ''));

const envelope = (orderId: string, version: number) => ({
  ...{ eventId: randomUUID(), orderId, version, occurredAt: 1_768_485_900_120, schemaVersion: version === 1 ? 3 : 1 },
  ...{
    customerId: 'c-1',
    restaurantId: 'r-1',
    correlationId: 'corr',
    causationId: null,
    aggregateType: 'Order' as const,
  },
  actor: { id: 'c-1', role: 'customer' },
});
const created = (orderId: string): ContractEvent => ({
  ...envelope(orderId, 1),
  type: 'OrderCreated',
  items: [{ sku: 'soup', name: 'Soup', quantity: 2, unitPriceMinor: 450 }],
  totalMinor: 900,
  currency: 'USD',
  deliveryAddress: { keyId: null, value: Buffer.from('1 Main Street') },
  notes: null,
});
const confirmed = (orderId: string, version: number): ContractEvent => ({
  ...envelope(orderId, version),
  type: 'OrderConfirmed',
});

/** As an append does it: the event and its outbox row. */
const store = async (owner: Pool, event: ContractEvent): Promise<void> => {
  const { actor, correlationId, causationId, occurredAt } = event;
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const metadata = { actor, correlationId, causationId, occurredAt: new Date(occurredAt).toISOString(), traceparent };
  await owner.query(
    `WITH e AS (
       INSERT INTO event
       SELECT $1::uuid, $2::int, $3::uuid, $4::text, $5::int, $6::jsonb, $7::jsonb, at, event_hash(
         (SELECT hash FROM event WHERE order_id = $1 AND version = $2 - 1),
         ROW($1::uuid, $2::int, $3::uuid, $4::text, $5::int, $6::jsonb, $7::jsonb, at, NULL)::event)
       FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS at) now RETURNING *)
     INSERT INTO outbox SELECT event_id, 'orders', order_id, $8, recorded_at AT TIME ZONE 'UTC', '1.0', event_id, '/x', type,
       order_id, 'x', 'application/avro', type, version, 'corr', $9 FROM e`,
    [
      ...[event.orderId, event.version, event.eventId, event.type, event.schemaVersion],
      ...[JSON.stringify(toStored(event)), JSON.stringify(metadata), encodeEvent(event, schemaIds), traceparent],
    ],
  );
};

/** What the relay made of the outbox: the topic, which no restore of the store takes back. */
const topicOf = async (owner: Pool): Promise<TopicRecord[]> => {
  const { rows } = await owner.query<{ key: string; value: Buffer; version: string; at: number; traceparent: string }>(
    `SELECT message_key AS key, payload AS value, event_version AS version, traceparent,
       extract(epoch FROM recorded_at)::float8 * 1000 AS at FROM outbox ORDER BY recorded_at, event_version`,
  );
  return rows.map(({ key, value, version, at, traceparent }, offset) => ({
    ...{ partition: 0, offset: BigInt(offset), key: Buffer.from(key), value, timestamp: at },
    headers: { 'event-version': version, traceparent },
  }));
};

const history = async (pool: Pool): Promise<unknown[]> =>
  (await pool.query<Record<string, unknown>>('SELECT * FROM event ORDER BY order_id, version')).rows;

/** A file of the server's own user, as all in its folder are. */
const writeAs = (folder: string, name: string, text: string): void => {
  const { uid, gid } = statSync(folder);
  writeFileSync(join(folder, name), text);
  chownSync(join(folder, name), uid, gid);
};

describe('docs/runbooks/restore.md, on a small store', () => {
  let folder: string;
  let archive: string;
  let first: RunningPostgres;
  let restored: RunningPostgres | undefined;
  let database: TestDatabase;
  let owner: Pool;
  const pools: Pool[] = [];
  const [kept, cut, gone] = ['a', 'b', 'c'].map((digit) => `0197f3c2-5b1e-7c5d-8a44-${digit.repeat(12)}`) as [
    string,
    string,
    string,
  ];

  const open = (databaseUrl: string): Pool => {
    const pool = createPool({ databaseUrl, applicationName: 'restore spec' });
    pools.push(pool);
    return pool;
  };
  const onRestored = (role: string): string => {
    const url = new URL(database.urlOf(role));
    url.port = String(restored?.port);
    return url.href;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'orderline-restore-'));
    chmodSync(folder, 0o755);
    archive = join(folder, 'archive');
    mkdirSync(archive);
    chmodSync(archive, 0o777);
    const settings = { archive_mode: 'on', archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f` };
    first = await startPostgres({ folder: join(folder, 'first'), settings });
    await applyRoles(first.adminUrl);
    database = await createTestDatabase(first.adminUrl, 'orders_owner');
    const migrations = fileURLToPath(new URL('../../../order-command/migrations', import.meta.url));
    await migrate({ databaseUrl: database.urlOf('orders_owner'), folder: migrations, ledger: 'migration' });
    owner = open(database.urlOf('orders_owner'));
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await Promise.all([first.stop(), restored?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Backup: the server's files as they are while it works, between start and stop, without what belongs to the running one. */
  const backUp = async (): Promise<string> => {
    const session = createPool({ databaseUrl: first.adminUrl, applicationName: 'backup', max: 1 });
    pools.push(session);
    const { rows: place } = await session.query<{ data: string }>(`SELECT current_setting('data_directory') AS data`);
    await session.query(`SELECT pg_backup_start('runbook', fast => true)`);
    const data = join(folder, 'second', 'data');
    mkdirSync(join(folder, 'second'));
    execFileSync('cp', ['-a', place[0]!.data, data]);
    const { rows } = await session.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop()');
    writeAs(data, 'backup_label', rows[0]!.labelfile);
    rmSync(join(data, 'postmaster.pid'));
    for (const name of ['pg_wal', 'pg_replslot']) {
      for (const entry of execFileSync('ls', [join(data, name)])
        .toString()
        .trim()
        .split('\n')
        .filter(Boolean))
        if (entry !== 'archive_status') rmSync(join(data, name, entry), { recursive: true });
    }
    return data;
  };

  it('brings the store back as it was at a moment, and then what only the topic knows', async () => {
    const admin = open(database.adminUrl);
    await admin.query(`SELECT pg_create_logical_replication_slot('orderline_outbox', 'pgoutput')`);
    await store(owner, created(kept));
    await store(owner, created(cut));
    const data = await backUp();
    await store(owner, confirmed(kept, 2));
    const { rows } = await admin.query<{ moment: string }>('SELECT clock_timestamp()::text AS moment');
    await store(owner, confirmed(cut, 2));
    await store(owner, created(gone));
    const [before, topic] = [await history(owner), await topicOf(owner)];
    const { rows: last } = await admin.query<{ wal: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS wal');
    await eventually(async () => {
      const { rows: done } = await admin.query<{ wal: string }>(
        'SELECT last_archived_wal AS wal FROM pg_stat_archiver',
      );
      expect(done[0]!.wal >= last[0]!.wal).toBe(true);
    });
    await first.stop();

    writeAs(data, 'recovery.signal', '');
    const settings = {
      restore_command: `cp ${archive}/%f %p`,
      recovery_target_time: rows[0]!.moment,
      recovery_target_action: 'promote',
    };
    restored = await startPostgres({ folder: join(folder, 'second'), settings });
    const again = open(onRestored('orders_owner'));
    await eventually(async () =>
      expect((await again.query('SELECT pg_is_in_recovery() AS is')).rows).toEqual([{ is: false }]),
    );

    // The store is sound in itself, and of an earlier moment; the slot does not come back with it.
    expect(await history(again)).toEqual(before.slice(0, 3));
    const audited = { ordersUrl: onRestored('orders_auditor'), kafkaBrokers: [], registryUrl: '', readModels: [] };
    expect(await runAudit({ ...audited, parts: ['store'] })).toMatchObject({ ok: true, orders: 2, events: 3 });
    expect((await again.query('SELECT 1 FROM pg_replication_slots')).rows).toEqual([]);

    const recovery = (dryRun: boolean) =>
      recoverEvents({ pool: again, chunks: Readable.from([topic.slice(0, 3), topic.slice(3)]), decoder, dryRun });
    expect(await recovery(true)).toEqual({ orders: 2, events: 2, unplaced: 0 });
    expect(await history(again)).toHaveLength(3);
    expect(await recovery(false)).toEqual({ orders: 2, events: 2, unplaced: 0 });
    // Every column is what it was, the hash among them.
    expect(await history(again)).toEqual(before);
    expect(await recovery(false)).toEqual({ orders: 0, events: 0, unplaced: 0 });
    expect(await runAudit({ ...audited, parts: ['store'] })).toMatchObject({ ok: true, orders: 3, events: 5 });
  }, 90_000);

  it('refuses to bring back what a command has overtaken', async () => {
    const again = open(onRestored('orders_owner'));
    const record = (event: ContractEvent): TopicRecord => ({
      ...{ partition: 0, offset: 9n, key: Buffer.from(event.orderId), value: encodeEvent(event, schemaIds) },
      ...{ timestamp: Date.now(), headers: { 'event-version': String(event.version) } },
    });
    const chunks = (async function* () {
      await store(again, confirmed(gone, 2));
      yield [record(confirmed(gone, 2))];
    })();
    await expect(recoverEvents({ pool: again, chunks, decoder, dryRun: false })).rejects.toThrow(
      'stop order-command first',
    );
  });
});
