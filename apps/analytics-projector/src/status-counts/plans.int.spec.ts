import { withTransaction, type PoolClient } from '@orderline/postgres';
import { openProjectorApp, type OpenApp } from '@orderline/projector-host/testing';
import { statuses } from '@orderline/read-models';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { analyticsApp } from '../app.ts';
import { readCounts } from './read-counts.ts';
import { readOrdersAt } from './read-orders-at.ts';

const ORDERS = 20_000;
// More often than a prepared statement takes to settle on one plan for all values.
const TIMES = 12;

describe('plans of the time machine', () => {
  let app: OpenApp;

  // An order every second: a minute as Created, another as Confirmed, then Cancelled for ever.
  beforeAll(async () => {
    app = await openProjectorApp(analyticsApp, {
      postgresUrl: inject('postgresUrl'),
      database: 'analytics',
      migrations: new URL('../../migrations', import.meta.url),
    });
    await app.admin.query(
      `INSERT INTO status_interval
         SELECT serving_generation('status-intervals'), gen_random_uuid(), status, at + (place - 1) * interval '1 minute',
           CASE WHEN place < 3 THEN at + place * interval '1 minute' END
         FROM generate_series(1, ${ORDERS}) n, LATERAL (SELECT timestamptz '2026-01-15Z' + n * interval '1 second' AS at) began,
           unnest(ARRAY['Created', 'Confirmed', 'Cancelled']) WITH ORDINALITY AS stage (status, place)`,
    );
    await app.admin.query('ANALYZE');
  });
  afterAll(async () => {
    await app.close();
  });

  const at = (time: number): string =>
    new Date(Date.parse('2026-01-15Z') + (2_000 + time * 1_300) * 1_000).toISOString();

  /** Index entries and rows of whole scans that the server reads for one of many reads. */
  const readBy = (read: (client: PoolClient, at: string) => Promise<unknown>): Promise<number> =>
    withTransaction(app.admin, async (client) => {
      const before = await readSoFar(client);
      for (let time = 0; time < TIMES; time += 1) await read(client, at(time));
      return ((await readSoFar(client)) - before) / TIMES;
    });

  const readSoFar = async (client: PoolClient): Promise<number> => {
    const { rows } = await client.query<{ read: string }>(
      `SELECT sum(pg_stat_get_xact_tuples_returned(oid)) AS read FROM pg_class WHERE relname LIKE 'status_interval_g%'`,
    );
    return Number(rows[0]?.read);
  };

  it.each(statuses)('a page of %s reads what had a status then, not the history', async (status) => {
    const read = await readBy((client, instant) =>
      readOrdersAt(client, { at: instant, status, after: undefined, limit: 51 }),
    );
    expect(read).toBeLessThan(200);
  });

  it('counts read the changes of a minute at most', async () => {
    expect(await readBy(readCounts)).toBeLessThan(300);
  });
});
