import { fileURLToPath } from 'node:url';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createLosses } from '../losses/losses.ts';
import { positionText } from './position-text.ts';
import { createSlot, type Slot } from './slot.ts';

let database: TestDatabase;
let pool: Pool;
let admin: Pool;
let slot: Slot;
beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  const folder = fileURLToPath(new URL('../../../order-command/migrations', import.meta.url));
  await migrate({ databaseUrl: database.urlOf('orders_owner'), folder, ledger: 'migration' });
  pool = createPool({ databaseUrl: database.urlOf('orders_relay'), applicationName: 'spec' });
  admin = createPool({ databaseUrl: database.adminUrl, applicationName: 'spec' });
  slot = createSlot(pool, `relay_${database.name}`);
});
afterAll(async () => {
  if (await slot.read()) await slot.drop();
  await Promise.all([pool.end(), admin.end()]);
  await database.drop();
});

describe('the slot, as the role of the relay', () => {
  it('is made, read and dropped', async () => {
    expect(await slot.read()).toBeUndefined();
    await slot.make();
    const made = await slot.read();
    expect(made).toMatchObject({ active: false, walStatus: 'reserved', invalidation: null, limitBytes: 4 * 2 ** 30 });
    expect(made?.confirmed).toBeTypeOf('bigint');
    await slot.drop();
    expect(await slot.read()).toBeUndefined();
  });

  it('tells what WAL is held for it, and where it stands as the server writes it', async () => {
    await slot.make();
    const before = await slot.read();
    await admin.query(`SELECT pg_logical_emit_message(true, 'spec', repeat('x', 1000000))`);
    const after = await slot.read();
    expect(after!.retainedBytes - before!.retainedBytes).toBeGreaterThan(1_000_000);
    expect(after!.lagBytes).toBeGreaterThan(1_000_000);
    const { rows } = await admin.query<{ at: string }>(
      'SELECT confirmed_flush_lsn::text AS at FROM pg_replication_slots WHERE database = current_database()',
    );
    expect(positionText(after!.confirmed!)).toBe(rows[0]!.at);
    await slot.drop();
  });
});

describe('a loss', () => {
  const after = 0x1_2345_6789n;
  beforeEach(() => admin.query('TRUNCATE relay_loss'));

  it('stays open, as it was first seen, until it is closed', async () => {
    const losses = createLosses(pool);
    expect(await losses.open()).toBeUndefined();
    await losses.record({ kind: 'missing', after, afterTime: 1_768_485_900_123, until: null });
    await losses.record({ kind: 'advanced', after: after + 5n, afterTime: null, until: after + 9n });
    expect(await losses.open()).toMatchObject({ kind: 'missing', after, afterTime: 1_768_485_900_123, until: null });
    await losses.setUntil(after + 16n);
    expect(await losses.open()).toMatchObject({ after, until: after + 16n });
    expect(await losses.close()).toBe(true);
    expect(await losses.open()).toBeUndefined();
    expect(await losses.close()).toBe(false);
  });

  it('may be of a relay that never delivered', async () => {
    const losses = createLosses(pool);
    await losses.record({ kind: 'missing', after: null, afterTime: null, until: null });
    expect(await losses.open()).toMatchObject({ after: null, afterTime: null });
  });
});
