import { createPool } from '@orderline/postgres';
import { createTestDatabase } from '@orderline/testing';
import { expect, inject, it, onTestFinished } from 'vitest';
import { brokenPromises } from './broken-promises.ts';

const orderId = '01a1ff26-d55d-7efd-934d-62177c76a263';

it('names an order that was promised further than it is stored, has a gap, or went on without anybody being told', async () => {
  const database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  onTestFinished(() => database.drop());
  const pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'broken promises', max: 1 });
  onTestFinished(() => pool.end());
  const store = async (...versions: number[]): Promise<void> => {
    await pool.query('DROP TABLE IF EXISTS event');
    await pool.query('CREATE TABLE event (order_id uuid, version integer)');
    for (const version of versions) await pool.query('INSERT INTO event VALUES ($1, $2)', [orderId, version]);
  };
  const told = async (version: number, { isOver = true, unsettled = false } = {}): Promise<string[]> => {
    const broken = await brokenPromises(database.adminUrl, {
      accepted: new Map([[orderId, version]]),
      unsettled: new Set(unsettled ? [orderId] : []),
      isOver,
    });
    return broken.map(({ kind, what }) => `${kind}: ${what}`);
  };

  await store(1, 2, 3);
  expect(await told(3)).toEqual([]);
  expect(await told(4)).toEqual(['lost: promised at version 4 and stored up to 3']);
  expect(await told(2)).toEqual(['doubled: stored up to 3, though its last command was answered with 2']);
  expect(await told(2, { isOver: false })).toEqual([]);
  expect(await told(2, { unsettled: true })).toEqual([]);
  await store(1, 3);
  expect(await told(3)).toEqual(['lost: 2 events up to version 3']);
  await store();
  expect(await told(1)).toEqual(['lost: promised at version 1 and stored up to 0']);
});
