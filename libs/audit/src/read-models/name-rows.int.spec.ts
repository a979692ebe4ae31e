import { createPool, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readExpected, sumExpected } from './expected-rows.ts';
import { knownTables } from './known-tables.ts';
import { nameRows } from './name-rows.ts';
import type { ModelRow } from './differing-row.ts';

const [first, second] = ['01980000-0000-7000-8000-00000000a0d1', '01980000-0000-7000-8000-00000000a0d2'];
const created = { customerId: 'c', restaurantId: 'r', currency: 'EUR', totalMinor: 500, items: [{ quantity: 2 }] };
const paid = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const lives: [orderId: string, type: string, data: object][] = [
  [first, 'OrderCreated', created],
  [first, 'PaymentReceived', paid(300)],
  [first, 'PaymentReceived', paid(200)],
  [first, 'PaymentRefunded', paid(200)],
  [first, 'OrderConfirmed', {}],
  [second, 'OrderCreated', created],
  [second, 'PaymentReceived', paid(200)],
];

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'audit spec', max: 1 });
  await pool.query(`CREATE TABLE event (order_id uuid, version integer, event_id uuid, type text, schema_version integer,
    data jsonb, metadata jsonb, recorded_at timestamptz(3), hash bytea)`);
  for (const [at, [orderId, type, data]] of lives.entries()) {
    const version = lives.slice(0, at + 1).filter(([id]) => id === orderId).length;
    await pool.query(
      `INSERT INTO event VALUES ($1, $2::integer, gen_random_uuid(), $3, 3, $4, '{}', '2026-01-15T14:05:00Z'::timestamptz + $2::integer * interval '1 s')`,
      [orderId, version, type, data],
    );
  }
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const tellOf = (projection: string) => ({
  known: knownTables.find((one) => one.projection === projection)!,
  where: 'x/y',
});

/** What is named when the only expected row of a table is shown with these columns changed. */
const named = async (projection: string, change: ModelRow): Promise<string> => {
  const told = tellOf(projection);
  const sums = (await sumExpected(pool, [told], [])).get('x/y');
  const [expected] = await readExpected(pool, told, [], [...(sums?.keys() ?? [])]);
  const shown = { ...expected, ...change };
  const [finding] = await nameRows(pool, told, [{ expected, shown }]);
  return `${finding!.kind} ${finding!.orderId.slice(-1)} ${finding!.version}`;
};

describe('the event behind a row that differs', () => {
  it.each<[string, string, ModelRow, string]>([
    ['counted twice', 'revenue', { received_minor: 1_000 }, 'doubled 1 2'],
    ['counted twice, the newest of those alike', 'revenue', { received_minor: 900 }, 'doubled 2 2'],
    ['a refund counted twice', 'revenue', { refunded_minor: 400 }, 'doubled 1 4'],
    ['left out', 'revenue', { received_minor: 400 }, 'lost 1 2'],
    ['fits no event: the newest that touches the row', 'revenue', { received_minor: 701 }, 'divergent 2 2'],
    ['counted twice where a refund takes away', 'restaurant-revenue', { net_minor: 800 }, 'doubled 1 2'],
    ['counted twice in a count', 'funnel', { confirmed: 2 }, 'doubled 1 5'],
  ])('is found: %s', async (_, projection, change, finding) => {
    expect(await named(projection, change)).toBe(finding);
  });

  it('is one of its own order where a row is of one order', async () => {
    const told = tellOf('order-summary');
    const [expected] = (await readExpected(pool, told, [], ['01980000'])).filter((row) => row['order_id'] === first);
    const changes = [{ paid_minor: 800 }, { item_count: 4 }, { item_count: 0 }, { status: 'Ready' }];
    const rows = changes.map((change) => ({ expected, shown: { ...expected, ...change } }));
    const findings = await nameRows(pool, told, [
      ...rows,
      { expected, shown: undefined },
      { expected: undefined, shown: expected },
    ]);
    expect(findings.map(({ kind, orderId, version }) => [kind, orderId, version])).toEqual([
      ['doubled', first, 2],
      ['doubled', first, 1],
      ['lost', first, 1],
      ['divergent', first, 5],
      ['lost', first, 5],
      ['divergent', first, 5],
    ]);
  });
});

describe('rows up to the version that a projection has come to', () => {
  it('leave out what comes after it, and what was given up', async () => {
    const told = tellOf('revenue');
    const cut = (upto: number, givenUp: number[]) => [{ place: 'x/y', orderId: first, upto, givenUp }];
    const bucket = ['2026-01-15'];
    expect(await readExpected(pool, told, cut(2, []), bucket)).toMatchObject([
      { received_minor: 500, refunded_minor: 0 },
    ]);
    expect(await readExpected(pool, told, cut(5, [3]), bucket)).toMatchObject([
      { received_minor: 500, refunded_minor: 200 },
    ]);
    expect(await readExpected(pool, told, [], bucket)).toMatchObject([{ received_minor: 700, refunded_minor: 200 }]);
  });
});
