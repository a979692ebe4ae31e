import { sqlState } from '@orderline/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { appendOf, newEvent, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';

describe('the outbox refuses what the relay could not carry', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
    await orders.store.append(appendOf(newId(), 0));
  });
  afterAll(() => orders.end());

  it.each([
    ['a payload over 256 KiB', `payload = convert_to(repeat('x', 262145), 'UTF8')`, '23514'],
    ['an empty payload', `payload = ''`, '23514'],
    ['no payload', 'payload = NULL', '23502'],
    ['an empty key', `message_key = ''`, '23514'],
    ['no key', 'message_key = NULL', '23502'],
    ['a long key', `message_key = repeat('k', 65)`, '22001'],
    ['an unknown route', `route = 'payments'`, '23514'],
    ['no route', 'route = NULL', '23502'],
    ['a header too long', `ce_type = repeat('t', 201)`, '22001'],
    ['a header that is missing', 'correlation_id = NULL', '23502'],
    ['a time that is none', `recorded_at = 'infinity'`, '23514'],
  ])('%s', async (_, change, state) => {
    const [column, value] = change.split(' = ') as [string, string];
    const columns = (
      await orders.admin.query<{ name: string }>(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'outbox'::regclass AND attnum > 0 ORDER BY attnum`,
      )
    ).rows.map(({ name }) => (name === column ? value : name));
    const insert = orders.admin.query(`INSERT INTO outbox SELECT ${columns.join(', ')} FROM outbox LIMIT 1`);
    expect(await insert.then(() => 'done', sqlState)).toBe(state);
  });

  it('and the event with it', async () => {
    const orderId = newId();
    const metadata = { ...newEvent().metadata, correlationId: 'c'.repeat(129) };
    const events = [newEvent(), newEvent({ metadata })];
    await expect(orders.store.append({ orderId, expectedVersion: 0, events })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(await orders.store.load(orderId)).toBeUndefined();
  });
});
