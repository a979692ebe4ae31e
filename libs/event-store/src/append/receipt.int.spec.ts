import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createEventStore } from '../create-event-store.ts';
import { appendOf, newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';

describe('receipts, on a real database', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
  });
  afterAll(() => orders.end());

  const keyed = (key: string, orderId = newId(), expectedVersion = 0) => ({
    ...appendOf(orderId, expectedVersion),
    receipt: { key, fingerprint: 'sha of the request', status: 201 },
  });
  const receiptsOf = async (key: string) => {
    const { rows } = await orders.admin.query<{ order_id: string }>('SELECT order_id FROM receipt WHERE key = $1', [
      key,
    ]);
    return rows.map(({ order_id: orderId }) => orderId);
  };

  it('answers a retry with order, version, status and fingerprint of the first outcome, and writes nothing', async () => {
    const first = keyed('retry');
    await orders.store.append(first);
    const receipt = {
      key: 'retry',
      orderId: first.orderId,
      version: 1,
      status: 201,
      fingerprint: 'sha of the request',
    };
    const again = keyed('retry');
    expect(await orders.store.append(again)).toEqual({ outcome: 'receipt_exists', receipt });
    expect(await orders.store.findReceipt('retry')).toEqual(receipt);
    expect(await orders.store.load(again.orderId)).toBeUndefined();
  });

  it('lets one of twelve racing twins write, from as many processes; the others get its receipt', async () => {
    const twins = Array.from({ length: 12 }, () => createEventStore(orders.pool).append(keyed('twins')));
    const outcomes = await Promise.all(twins);
    expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    const [winner] = await receiptsOf('twins');
    for (const one of outcomes) {
      if (one.outcome === 'receipt_exists') expect(one.receipt.orderId).toBe(winner);
    }
    expect(await receiptsOf('twins')).toHaveLength(1);
  });

  it('lets one of twins within one process write as well', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => orders.store.append(keyed('near twins'))));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'appended',
      'receipt_exists',
      'receipt_exists',
      'receipt_exists',
      'receipt_exists',
    ]);
  });

  it('remembers no refusal: a lost version leaves the key free', async () => {
    const { orderId } = await orders.store.append(keyed('refused first')).then(() => keyed('lost', newId(), 5));
    await expect(orders.store.append(keyed('lost', orderId, 5))).rejects.toMatchObject({
      name: 'StreamVersionConflict',
    });
    expect(await orders.store.findReceipt('lost')).toBeUndefined();
    expect(await orders.store.append(keyed('lost'))).toMatchObject({ outcome: 'appended' });
  });

  const insertReceipt = (key: string, ageInHours: number) =>
    orders.admin.query(
      `INSERT INTO receipt SELECT $1, (at AT TIME ZONE 'UTC')::date, $2, 1, 200, 'f', at
       FROM (SELECT now() - make_interval(mins => $3) AS at) AS age`,
      [key, newId(), Math.round(ageInHours * 60)],
    );

  it('keeps a key for 24 hours, across midnight too, and lets it be used anew after them', async () => {
    await insertReceipt('23 hours', 23);
    await insertReceipt('25 hours', 25);
    expect(await orders.store.append(keyed('23 hours'))).toMatchObject({ outcome: 'receipt_exists' });
    expect(await orders.store.findReceipt('25 hours')).toBeUndefined();
    expect(await orders.store.append(keyed('25 hours'))).toMatchObject({ outcome: 'appended' });
  });
});
