import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { appendStatement } from '../append/append-statement.ts';
import { newId, openOrdersDatabase, type OrdersDatabase } from '../testing/orders-database.ts';
import { loadStatement } from './load-stream.ts';

describe('plans, with 60 partitions and plans made for every parameter', () => {
  let orders: OrdersDatabase;
  beforeAll(async () => {
    orders = await openOrdersDatabase(inject('postgresUrl'));
    await orders.admin.query(`SELECT make_event_partitions(now() + interval '60 months')`);
  });
  afterAll(() => orders.end());

  const planOf = async (prepare: string, execute: string) => {
    const client = await orders.pool.connect();
    await client.query(prepare);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${execute}`);
    client.release(true);
    return rows.map((row) => row['QUERY PLAN']);
  };
  const scanned = (plan: string[]) =>
    new Set(plan.flatMap((line) => /(?:Index|Index Only|Seq|Bitmap Heap) Scan.* on (event_\w+)/.exec(line)?.[1] ?? []));

  it('loads an order from the one partition that holds it', async () => {
    const plan = await planOf(
      `PREPARE loaded (uuid, text, int, float8) AS ${loadStatement.text}`,
      `EXECUTE loaded ('${newId()}', 'shape', 2147483647, 8.64e15)`,
    );
    expect(plan.join('\n')).toContain('Subplans Removed: ');
    expect(scanned(plan).size).toBe(1);
  });

  const yesNo = [false, true];
  const extents = yesNo.flatMap((several) =>
    yesNo.flatMap((receipts) => yesNo.map((snapshots) => ({ several, receipts, snapshots }))),
  );
  it.each(extents)(
    'appends without a scan of any partition: its one look-up of a previous event is a function of its own: %o',
    async (extent) => {
      const parameters = 10 + (extent.receipts ? 5 : 0) + (extent.snapshots ? 4 : 0);
      const plan = await planOf(
        `PREPARE appended AS ${appendStatement(extent).text}`,
        `EXECUTE appended (${Array.from({ length: parameters }, () => `'{}'`).join(', ')})`,
      );
      expect(plan.join('\n')).toContain('Conflict Arbiter Indexes: event_pkey');
      expect([...scanned(plan)]).toEqual([]);
    },
  );
});
