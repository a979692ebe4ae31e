import { fileURLToPath } from 'node:url';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { schemasCheck } from './schemas-check.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const orderId = '0197f3c2-5b1e-7c5d-8a44-2f1d3c5b7a91';

let database: TestDatabase;
let owner: Pool;

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  const databaseUrl = database.urlOf('orders_owner');
  await migrate({ databaseUrl, folder: `${repository}/apps/order-command/migrations`, ledger: 'migration' });
  owner = createPool({ databaseUrl, applicationName: 'spec', max: 1 });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const store = async (version: number, type: string, schemaVersion: number, data: object): Promise<void> => {
  await owner.query(
    `INSERT INTO event (order_id, version, event_id, type, schema_version, data, metadata, recorded_at, hash)
     VALUES ($1, $2::int, gen_random_uuid(), $3, $4, $5, '{}', now() + $2::int * interval '1 s', sha256('spec'))`,
    [orderId, version, type, schemaVersion, data],
  );
};

const check = () => schemasCheck('--no-registry', '--events', database.urlOf('orders_auditor'));

describe('schemas check --events', () => {
  it('reads an order with every type and version that the event table has', async () => {
    await store(1, 'OrderCreated', 1, { customer_id: 'c-1', restaurant_id: 'r-1', product_ids: ['p'], total: '8' });
    await store(2, 'OrderConfirmed', 1, {});
    const { code, said } = await check();
    expect(said).toContain('event table: 2 kinds of events, 0 faults');
    expect(code).toBe(0);
  });

  it('fails by an event that no build can read, naming the order and quoting nothing of it', async () => {
    await store(3, 'OrderCancelled', 1, { reason: 'sits here without its envelope' });
    const { code, said } = await check();
    expect(said).toMatch(
      new RegExp(`^WRONG {5}order ${orderId}, which has OrderCancelled version 1, cannot be read`, 'mu'),
    );
    expect(said).not.toContain('sits here');
    expect(code).toBe(1);
  });
});
