import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { appendOf, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';
import { readChain } from './read-chain.ts';
import { verifyHashChain } from './verify-hash-chain.ts';

describe('the hash chain, on a real database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
  });
  afterAll(() => orders.end());

  const appendedOrder = async () => {
    const orderId = newId();
    await orders.store.append(appendOf(orderId, 0, 3));
    await orders.store.append(appendOf(orderId, 3));
    await orders.store.append(appendOf(orderId, 4, 2));
    return orderId;
  };
  /** As the owner could, with the triggers off. */
  const tamper = async (sql: string, values: unknown[]) => {
    const client = await orders.admin.connect();
    await client.query('BEGIN; ALTER TABLE event DISABLE TRIGGER event_rows_stay');
    await client.query(sql, values);
    await client.query('ALTER TABLE event ENABLE ALWAYS TRIGGER event_rows_stay; COMMIT');
    client.release();
  };
  const faultsOf = async (orderId: string) =>
    verifyHashChain(await readChain(orders.pool, orderId)).map(({ version, fault }) => `${fault} ${String(version)}`);

  it('holds over single and several events of one append, computed in SQL and checked in TypeScript', async () => {
    expect(await faultsOf(await appendedOrder())).toEqual([]);
  });

  it.each([
    ['order_id', `order_id = overlay(order_id::text placing '0' from 36)::uuid`],
    ['event_id', 'event_id = gen_random_uuid()'],
    ['type', `type = 'OrderDelivered'`],
    ['schema_version', 'schema_version = 2'],
    ['data', `data = data || '{"notes": null}'`],
    ['metadata', `metadata = jsonb_set(metadata, '{actor,id}', '"somebody-else"')`],
    ['recorded_at', `recorded_at = recorded_at + interval '1 ms'`],
    ['hash', `hash = sha256('another')`],
  ])('notices a changed %s', async (column, change) => {
    const orderId = await appendedOrder();
    await tamper(`UPDATE event SET ${change} WHERE order_id = $1 AND version = 4`, [orderId]);
    const faults = await faultsOf(orderId);
    if (column === 'order_id') expect(faults).toEqual(['missing 4']);
    else if (column === 'hash') expect(faults).toEqual(['altered 4', 'altered 5']);
    else expect(faults).toEqual(['altered 4']);
  });

  it('notices an event taken out, and events exchanged', async () => {
    const cut = await appendedOrder();
    await tamper('DELETE FROM event WHERE order_id = $1 AND version = 2', [cut]);
    expect(await faultsOf(cut)).toEqual(['missing 2']);
    const exchanged = await appendedOrder();
    await tamper(
      `UPDATE event e SET event_id = o.event_id FROM event o
       WHERE e.order_id = $1 AND o.order_id = $1 AND (e.version, o.version) IN ((2, 3), (3, 2))`,
      [exchanged],
    );
    expect(await faultsOf(exchanged)).toEqual(['altered 2', 'altered 3']);
  });
});
