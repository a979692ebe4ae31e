import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import '../support/provided.ts';
import { projectorNames, projectors, type ProjectorName } from '../invariants/projectors.ts';
import { readApi, type Operation } from './api-document.ts';
import { casesInAll, fuzz, sendAgain, type FuzzRun } from './fuzz-run.ts';
import { digestTables } from './read-model-ledger.ts';
import { fillReadModel, orderIdOf, projectionNames } from './read-model-rows.ts';
import { requestCases, type Case } from './request-cases.ts';
import { startApp, type App } from './start-app.ts';

const cursorOf = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
const shown = Array.from({ length: 10 }, (_, at) => orderIdOf(at + 1));
const parked = Array.from({ length: 300 }, (_, at) => orderIdOf(at + 61));

const wordsOf = (name: ProjectorName) => ({
  // As often one that is shown as one that is parked.
  orderId: [...parked.flatMap((id, at) => [id, shown[at % shown.length] ?? id]), 'unknown', 'no order/é', 'nobody'],
  name: [...projectionNames(name), 'nothing'],
  customerId: ['c-0', 'c-1', 'nobody'],
  restaurantId: ['r-0', 'r-1', 'nobody'],
  limit: ['1', '7', '200'],
  after: [
    cursorOf('2026-01-15T14:00:05.250Z', orderIdOf(10)),
    cursorOf(1_768_485_605_250, orderIdOf(10), projectionNames(name)[0]),
    cursorOf(8_640_000_000_000_000, orderIdOf(10), 'x'),
    cursorOf(-8_640_000_000_000_000, 'a\0b', 'x'),
    cursorOf('0000-01-01T00:00:00Z', orderIdOf(10)),
    cursorOf('9999-12-31T23:59:59.999999999Z', orderIdOf(10)),
  ],
  at: ['2026-01-15T14:00:05Z', '2026-01-20T00:00:00+02:00', '0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'],
  from: ['2026-01-15', '0001-01-01'],
  to: ['2026-02-01', '9999-12-31'],
  date: ['2026-01-16', '0001-01-01', '9999-12-31'],
  projection: projectionNames(name),
  reason: ['put there by a test', 'x'],
  'X-Event-Version': ['1', '2', '3', '4', '999999999'],
  'X-Order-Id': [...shown, ...parked.slice(0, 10)],
  // No test has the time for longer waits: those that are no wait at all take the default of two seconds.
  Prefer: ['wait=0', 'respond-async, wait=0', 'wait="0"', 'WAIT=0; x=1', 'handling=lenient, wait = 0'],
});

const weightOf = ({ method, path }: Operation): number =>
  /^\/(health|metrics|openapi)/u.test(path) ? 1 : method === 'GET' ? 6 : 3;

/** A read of a version that is not there yet waits as long as it may: here it says that it will not. */
const impatient = (asked: Case): Case =>
  asked.headers.some(([name]) => name === 'X-Event-Version') && !asked.headers.some(([name]) => name === 'Prefer')
    ? { ...asked, headers: [...asked.headers, ['Prefer', 'wait=0']] }
    : asked;

describe.each(projectorNames)('%s under requests of every kind', (name) => {
  let app: App;
  let run: FuzzRun;
  let memoryBefore: number | undefined;

  beforeAll(async () => {
    app = await startApp(inject('postgresUrl'), {
      folder: `apps/${name}-projector`,
      role: projectors[name].database,
      migrations: [
        { folder: 'libs/projection/migrations', ledger: 'projection_migration' },
        { folder: `apps/${name}-projector/migrations`, ledger: 'app_migration' },
      ],
    });
    await fillReadModel(app.databaseUrl, name);
    run = await fuzz({
      app,
      cases: requestCases(await readApi(app.url), wordsOf(name), weightOf),
      count: Math.round(casesInAll * 0.1),
      fill: impatient,
      afterRound: async () => {
        memoryBefore ??= await app.memory();
        return [];
      },
    });
    console.log(
      [...run.statuses]
        .sort(([left], [right]) => left - right)
        .map(([status, times]) => `${status}: ${times}`)
        .join('  '),
    );
  }, 1_800_000);
  afterAll(() => app.stop());

  it('answers every one as the contract and its own description say, without a 5xx and without telling what is inside', () => {
    expect(run.faults).toEqual([]);
  });

  it('takes some of every operation that needs no topic, so that more is met than validation', async () => {
    const { operations } = await readApi(app.url);
    // What is parked can be discarded once: a retry that was drawn before may have let it go.
    const needTheTopic = /\/health\/ready|\/(swap|rollback|discard)$/u;
    const open = operations
      .filter(({ path }) => !needTheTopic.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    expect([...run.taken.keys()]).toEqual(expect.arrayContaining(open));
  });

  it('a refused request changes nothing: every table is the same after refused ones were sent again', async () => {
    const before = await digestTables(app.databaseUrl);
    expect(run.refused.length).toBeGreaterThan(100);
    const statuses = await sendAgain(app, run.refused);
    expect([...statuses].filter((status) => ![400, 413, 415].includes(status))).toEqual([]);
    expect(await digestTables(app.databaseUrl)).toEqual(before);
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
