import { createTestDatabase } from '@orderline/testing';
import { expect, inject, it, onTestFinished } from 'vitest';
import { query } from '../invariants/query.ts';
import '../support/provided.ts';
import { brokenPromises } from './promised-versions.ts';

const orderId = '01a1ff26-d55d-7efd-934d-62177c76a263';

it('names an order that was promised further than it is stored, has a gap, or went on without anybody being told', async () => {
  const database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  onTestFinished(() => database.drop());
  const store = async (...versions: number[]): Promise<void> => {
    await query(database.adminUrl, 'DROP TABLE IF EXISTS event');
    await query(database.adminUrl, 'CREATE TABLE event (order_id uuid, version integer)');
    for (const version of versions)
      await query(database.adminUrl, 'INSERT INTO event VALUES ($1, $2)', [orderId, version]);
  };
  const told = (version: number, { isOver = true, unsettled = false } = {}): Promise<string[]> =>
    brokenPromises(database.adminUrl, {
      accepted: new Map([[orderId, version]]),
      unsettled: new Set(unsettled ? [orderId] : []),
      isOver,
    });

  await store(1, 2, 3);
  expect(await told(3)).toEqual([]);
  expect(await told(4)).toEqual([`${orderId} was promised at version 4 and is stored up to 3`]);
  expect(await told(2)).toEqual([`${orderId} is stored up to 3, though its last command was answered with 2`]);
  expect(await told(2, { isOver: false })).toEqual([]);
  expect(await told(2, { unsettled: true })).toEqual([]);
  await store(1, 3);
  expect(await told(3)).toEqual([`${orderId} has 2 events up to version 3`]);
  await store();
  expect(await told(1)).toEqual([`${orderId} was promised at version 1 and is stored up to 0`]);
});
