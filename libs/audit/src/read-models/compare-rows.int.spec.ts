import { readdir, readFile } from 'node:fs/promises';
import { createPool, type Pool } from '@orderline/postgres';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { compareRows, type Compared } from './compare-rows.ts';
import { readExpected, sumExpected } from './expected-rows.ts';
import { knownTables } from './known-tables.ts';
import { openModel } from './open-model.ts';
import { sumShown } from './shown-rows.ts';

const repository = new URL('../../../../', import.meta.url);
const apps = [...new Set(knownTables.map(({ app }) => app))];

const migrationsIn = async (folder: string): Promise<string[]> => {
  const place = new URL(`${folder}/migrations/`, repository);
  const files = (await readdir(place)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(files.map((name) => readFile(new URL(name, place), 'utf8')));
};

const orderId = '01980000-0000-7000-8000-00000000a0d1';
/** More than a number of JavaScript tells from its neighbour. */
const huge = '9007199254740993';
const created = { customerId: 'c', restaurantId: 'r', currency: 'EUR', totalMinor: 500, items: [{ quantity: 2 }] };
const life: [type: string, data: string][] = [
  ['OrderCreated', JSON.stringify(created)],
  ['PaymentReceived', `{ "amountMinor": ${huge}, "currency": "EUR" }`],
  ['OrderConfirmed', '{}'],
  ['OrderPreparing', '{ "estimatedReadyAt": "2026-01-15T14:30:00.500Z" }'],
  ['OrderRated', '{ "stars": 5 }'],
];

let database: TestDatabase;
let pool: Pool;
let compared: Compared[];

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), 'orders_owner');
  pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'audit spec', max: 1 });
  await pool.query(`CREATE TABLE event (order_id uuid, version integer, event_id uuid, type text, schema_version integer,
    data jsonb, metadata jsonb, recorded_at timestamptz(3), hash bytea)`);
  for (const [at, [type, data]] of life.entries()) {
    await pool.query(
      `INSERT INTO event VALUES ($1, $2::integer, gen_random_uuid(), $3, 3, $4, '{}', '2026-01-15T23:59:58Z'::timestamptz + $2::integer * interval '1 s')`,
      [orderId, at + 1, type, data],
    );
  }
  for (const folder of ['libs/projection', ...apps.map((app) => `apps/${app}-projector`)]) {
    for (const sql of await migrationsIn(folder)) await pool.query(sql);
  }
  for (const { projection, table } of knownTables) {
    await pool.query(`SELECT begin_generation($1, 1, $2, 'serving', 'main')`, [projection, table]);
  }
  compared = await Promise.all(knownTables.map(toCompared));
  for (const { served } of compared) await fill(served.generation, served.known!);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const toCompared = async (known: (typeof knownTables)[number]): Promise<Compared> => {
  const { rows } = await pool.query<{ generation: number }>('SELECT serving_generation($1) AS generation', [
    known.projection,
  ]);
  const { app, projection } = known;
  const served = { where: `${app}/${projection}`, projection, generation: rows[0]!.generation, known };
  const snapshot = { query: pool.query.bind(pool), close: () => Promise.resolve() };
  return { model: { app, databaseUrl: database.adminUrl, snapshot, served: [served] }, served, lags: new Map() };
};

/** Writes what the events make, column by column. */
const fill = async (generation: number, known: (typeof knownTables)[number]): Promise<void> => {
  const told = { known, where: 'x/y' };
  const buckets = [...((await sumExpected(pool, [told], [])).get('x/y')?.keys() ?? [])];
  const lines = await readExpected(pool, told, [], buckets);
  const text = JSON.stringify(lines).replaceAll('9007199254740992', huge);
  await pool.query(
    `INSERT INTO ${known.table} SELECT (jsonb_populate_record(NULL::${known.table}, line || $2::jsonb)).*
     FROM jsonb_array_elements($1::jsonb) line`,
    [text, JSON.stringify({ generation })],
  );
};

describe('rows that are what the events make', () => {
  it.each(knownTables)('add up to the same in every column of $table', async (known) => {
    const { rows: columns } = await pool.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND column_name <> 'generation'`,
      [known.table],
    );
    expect(columns.map(({ name }) => name).toSorted()).toEqual([...known.key, ...known.columns].toSorted());
    const { generation } = compared.find(({ served }) => served.known === known)!.served;
    const sums = await sumShown(pool, { known, generation, cut: [] });
    expect(sums).toEqual((await sumExpected(pool, [{ known, where: 'x/y' }], [])).get('x/y'));
    expect(sums.size).toBeGreaterThan(0);
  });

  it('do not move on an event of a type that nobody here knows', async () => {
    const known = knownTables.find(({ table }) => table === 'order_summary')!;
    const told = { known, where: 'x/y' };
    const buckets = [...((await sumExpected(pool, [told], [])).get('x/y')?.keys() ?? [])];
    const [line] = await readExpected(pool, told, [], buckets);
    expect(line).toMatchObject({
      version: 4,
      status: 'Preparing',
      updated_at: expect.stringContaining('00:00:02') as string,
    });
  });

  it('are no finding', async () => {
    expect(await compareRows(pool, compared)).toEqual([]);
  });
});

describe('rows that add up to something else', () => {
  afterEach(() => pool.query('ROLLBACK'));

  it('are never passed over, also where a number of JavaScript does not tell them apart', async () => {
    await pool.query(`BEGIN; UPDATE revenue SET received_minor = received_minor - 1`);
    await expect(compareRows(pool, compared)).rejects.toThrow('analytics/revenue: rows of 2026-01-16 do not add up');
  });

  it('are found where one is there twice', async () => {
    await pool.query(
      `BEGIN; ALTER TABLE revenue DROP CONSTRAINT revenue_pkey; INSERT INTO revenue SELECT * FROM revenue`,
    );
    expect(await compareRows(pool, compared)).toMatchObject([{ kind: 'divergent', where: 'analytics/revenue' }]);
  });
});

describe('a read model of which a projection does not serve', () => {
  afterEach(() =>
    pool.query(`UPDATE projection_generation SET state = 'serving', table_name = 'funnel' WHERE projection = 'funnel'`),
  );
  const analytics = () => openModel({ app: 'analytics', databaseUrl: database.adminUrl });

  it('is no read model that agrees', async () => {
    await (await analytics()).snapshot.close();
    await pool.query(`UPDATE projection_generation SET state = 'standby' WHERE projection = 'funnel'`);
    await expect(analytics()).rejects.toThrow('analytics/funnel cannot be compared: no generation of it serves');
  });

  it('is none when it serves from a table that the audit does not know', async () => {
    await pool.query(`UPDATE projection_generation SET table_name = 'another' WHERE projection = 'funnel'`);
    await expect(analytics()).rejects.toThrow('analytics/funnel cannot be compared: it does not serve from funnel');
  });

  it('is none when it is named and nowhere to be found', async () => {
    const databaseUrl = database.adminUrl;
    await expect(openModel({ app: 'anybody', databaseUrl, projections: ['theirs'] })).rejects.toThrow('anybody/theirs');
  });
});
