import { contractSchemas } from '@orderline/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import '../support/provided.ts';
import { query } from '../invariants/query.ts';
import { readApi, type Operation } from './api-document.ts';
import { casesInAll, fuzz, sendAgain, type Asked, type FuzzRun } from './fuzz-run.ts';
import { readLedger, unaccounted, unlawful } from './orders-ledger.ts';
import { faultsOfRaw, rawRequests, sendRaw } from './raw-requests.ts';
import { requestCases, type Case } from './request-cases.ts';
import { startApp, type App } from './start-app.ts';

const places = Array.from({ length: 8 }, (_, at) => `{order:${at}}`);
const words = {
  id: [...places, ...places.slice(0, 4), '019c1c2e-0000-7000-8000-000000000000'],
  sku: ['soup', 'bread', 'tea'],
  currency: ['USD', 'USD', 'EUR', 'JPY', 'KWD'],
  unitPrice: ['0', '1', '4.50', '12.5', '1.125'],
  amount: ['1', '2.50', '0.01', '10', '0'],
  name: ['Soup', 'Bread'],
  quantity: [1, 2, 3, 999],
  reference: ['pay-1', 'pay-2', 'ref-1'],
  after: ['0', '1', '7', '2147483648', '99999999999999999999'],
  version: ['1', '2', '3', '2147483648'],
  limit: ['1', '50', '200'],
  'If-Match': ['"1"', '"2"', '*', 'W/"1"', '"1", "2", "3"'],
  'Idempotency-Key': ['key-1', 'key-2', 'key-3', 'a key with spaces'],
  'X-Actor': ['customer:c-1', 'restaurant:r-7', 'system:anonymous'],
  'X-Occurred-At': ['2026-01-15T14:12:00Z', '1969-07-20T20:17:40Z', '2026-01-15T14:12:00+02:00'],
  traceparent: ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '00-0-0-0', 'x'],
  refund: [true, false],
};

const weightOf = ({ method, path }: Operation): number => {
  if (!path.startsWith('/orders')) return 1;
  if (path === '/orders') return 5;
  return path.endsWith('/cancel') || method === 'GET' ? 2 : 5;
};

let app: App;
let run: FuzzRun;
let memoryBefore: number | undefined;

beforeAll(async () => {
  app = await startApp(inject('postgresUrl'), {
    folder: 'apps/order-command',
    role: 'orders',
    migrations: [{ folder: 'apps/order-command/migrations', ledger: 'migration' }],
    prepare: async (ownerUrl) => {
      for (const [at, { subject, fingerprint }] of contractSchemas.entries()) {
        await query(ownerUrl, 'INSERT INTO schema_id VALUES ($1, $2, $3)', [subject, fingerprint, at + 1]);
      }
    },
  });
  const api = await readApi(app.url);
  const known: string[] = [];
  let ledger = await readLedger(app.databaseUrl);
  const learn = ({ asked, answer }: Asked): void => {
    if (answer.status === 201 && asked.method === 'POST')
      known.push((JSON.parse(answer.body.toString()) as { orderId: string }).orderId);
  };
  const fill = (asked: Case): Case => ({
    ...asked,
    address: asked.address.replace(/\{order:(\d+)\}/u, (_, back: string) => known.at(-1 - Number(back)) ?? 'none-yet'),
  });
  const options = {
    app,
    cases: requestCases(api, words, weightOf),
    fill,
    onAnswer: learn,
    afterRound: async (answers: readonly Asked[]): Promise<string[]> => {
      memoryBefore ??= await app.memory();
      const now = await readLedger(app.databaseUrl);
      const faults = unaccounted(ledger, now, answers);
      ledger = now;
      return faults;
    },
  };
  const count = Math.round(casesInAll * 0.6);
  run = await fuzz({ ...options, count });
  console.log(
    [...run.statuses]
      .sort(([left], [right]) => left - right)
      .map(([status, times]) => `${status}: ${times}`)
      .join('  '),
  );
}, 1_800_000);
afterAll(() => app.stop());

describe('order-command under requests of every kind', () => {
  it('answers every one as the contract and its own description say, without a 5xx and without telling what is inside', () => {
    expect(run.faults).toEqual([]);
  });

  it('takes some of every operation, so that more is met than validation', async () => {
    const { operations } = await readApi(app.url);
    expect([...run.taken.keys()].sort()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('answers bytes that are hardly HTTP with a problem, or with the end of the connection, and makes no order of them', async () => {
    const before = await readLedger(app.databaseUrl);
    const faults: string[] = [];
    for (const bytes of fc.sample(rawRequests, { seed: run.seed, numRuns: 300 })) {
      const text = await sendRaw(app, bytes);
      const shown = JSON.stringify([bytes.toString('latin1').slice(0, 300), text.slice(0, 300)]);
      faults.push(...faultsOfRaw(text).map((fault) => `${fault}: ${shown}`));
    }
    expect(faults).toEqual([]);
    expect(await readLedger(app.databaseUrl)).toEqual(before);
  });

  it('has lawful histories: no gap, every hash right, one record in the outbox for each event', async () => {
    expect(await unlawful(app.databaseUrl)).toEqual([]);
  });

  it('a refused request changes nothing: events, outbox, receipts and snapshots are the same after refused ones were sent again', async () => {
    const before = await readLedger(app.databaseUrl);
    expect(run.refused.length).toBeGreaterThan(100);
    const statuses = await sendAgain(app, run.refused);
    expect([...statuses].filter((status) => ![400, 413, 415].includes(status))).toEqual([]);
    expect(await readLedger(app.databaseUrl)).toEqual(before);
  });

  it('stays up, in the same memory', async () => {
    app.expectAlive();
    const after = await app.memory();
    console.log(
      `memory: ${Math.round((memoryBefore ?? 0) / 2 ** 20)} MiB, ${Math.round(after / 2 ** 20)} MiB at the end`,
    );
    expect(after).toBeLessThan(400 * 2 ** 20);
  });
});
