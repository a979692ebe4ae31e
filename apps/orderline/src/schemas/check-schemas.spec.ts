import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistryClient } from '@orderline/kafka';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkSchemas, isInOrder, type SchemaReport } from './check-schemas.ts';
import { compareRegistry } from './compare-registry.ts';
import { reportLines } from './print-report.ts';

const repository = join(import.meta.dirname, '..', '..', '..', '..');
const appsFolder = join(repository, 'apps');
const ours = [
  'analytics-projector',
  'customer-history-projector',
  'order-summary-projector',
  'restaurant-dashboard-projector',
];

const copy = mkdtempSync(join(tmpdir(), 'orderline-check-'));
const schemasFolder = join(copy, 'schemas');
beforeEach(() => {
  rmSync(copy, { recursive: true });
  cpSync(join(repository, 'schemas'), schemasFolder, { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true }));

const check = (accept = false): Promise<SchemaReport> => checkSchemas({ schemasFolder, appsFolder, accept });
const edit = (file: string, change: (text: string) => string): void => {
  const path = join(schemasFolder, file);
  const [before, after] = [readFileSync(path, 'utf8'), change(readFileSync(path, 'utf8'))];
  expect(after, `${file} was not changed`).not.toBe(before);
  writeFileSync(path, after);
};
const editRecord = (type: string, change: (fields: { name: string }[]) => object[]): void =>
  edit(`avro/${type}.avsc`, (text) => {
    const record = JSON.parse(text) as { fields: { name: string }[] };
    return JSON.stringify({ ...record, fields: change(record.fields) });
  });

describe('the schemas as they are', () => {
  it('break nothing, and every projector reads every version that ever was as it did', async () => {
    const report = await checkSchemas({ schemasFolder: join(repository, 'schemas'), appsFolder, accept: false });
    expect(reportLines(report).filter((line) => /^(?:BREAKING|WRONG)/u.test(line))).toEqual([]);
    expect(report.samples).toBeGreaterThanOrEqual(40);
    expect(isInOrder(report, false)).toBe(true);
  });
});

describe('a breaking change names the projectors that fail', () => {
  it('all of them where the event cannot be decoded, and those that read the field', async () => {
    editRecord('PaymentReceived', (fields) =>
      fields.map((field) => (field.name === 'amountMinor' ? { ...field, name: 'amount' } : field)),
    );
    const { breaking } = await check();
    const gone = breaking.find(({ change }) => change.path === 'amountMinor');
    expect(gone?.impact).toEqual({
      apps: expect.arrayContaining(ours) as string[],
      projections: expect.arrayContaining([
        'analytics-projector/revenue',
        'restaurant-dashboard-projector/restaurant-revenue',
      ]) as string[],
    });
    expect(gone?.impact.projections).not.toContain('order-summary-projector/order-summary');
    const lines = reportLines(await check()).join('\n');
    expect(lines).toMatch(
      /^BREAKING {2}PaymentReceived \(against version 1\): amountMinor \(long\) is gone; it seems to be called amount now$/mu,
    );
    expect(lines).toMatch(/Instead: keep amountMinor, and add amount beside it with a default/u);
  });

  it('a field inside a list, by who reads it there', async () => {
    editRecord('OrderItem', (fields) => fields.filter(({ name }) => name !== 'quantity'));
    const { breaking } = await check();
    const { impact } = breaking.find(({ change }) => change.path === 'items[].quantity')!;
    expect(impact.projections).toContain('order-summary-projector/order-summary');
    expect(impact.projections).not.toContain('analytics-projector/funnel');
  });

  it('only those that read it, where nobody refuses and values go wrong', async () => {
    edit('avro/OrderPreparing.avsc', (text) => {
      const at = text.lastIndexOf('timestamp-millis');
      return `${text.slice(0, at)}timestamp-micros${text.slice(at + 'timestamp-millis'.length)}`;
    });
    const { breaking } = await check();
    expect(breaking).toMatchObject([
      {
        change: { path: 'estimatedReadyAt', silent: true },
        impact: { apps: [], projections: ['restaurant-dashboard-projector/open-orders'] },
      },
    ]);
  });
});

describe('a harmless change', () => {
  it('is named and let through, and still has to be published', async () => {
    editRecord('OrderReady', (fields) => [
      ...fields,
      { name: 'shelf', type: ['null', 'string'], doc: 'Shelf.', default: null },
    ]);
    const report = await check();
    expect(report.breaking).toEqual([]);
    expect(report.harmless).toEqual([
      'OrderReady: shelf (null or string) is new; older events have its default (null)',
    ]);
    expect(report.faults).toEqual([expect.stringMatching(/^OrderReady differs from its published version 1/u)]);
  });
});

describe('golden states', () => {
  it('fail where a projection makes other rows of an old version than it did', async () => {
    edit('golden/order-summary-projector.json', (text) =>
      text.replace('OrderCreated.v1.json#0": [{', 'OrderCreated.v1.json#0": [{"seen":true,'),
    );
    const { faults } = await check();
    expect(faults[0]).toMatch(
      /^order-summary-projector\/order-summary makes other rows of stored\/OrderCreated\.v1\.json#0/u,
    );
  });

  it('fail where a published sample can no longer be read', async () => {
    edit('fixtures/stored/OrderCreated.v1.json', (text) => text.replace('"27.5"', '"27,5"'));
    const report = await check();
    expect(report.faults).toContainEqual(expect.stringMatching(/can no longer be read: .*\/total/u));
    expect(isInOrder(report, false)).toBe(false);
  });

  it('are asked for of a projector that is new, which is no fault, and are written when accepted', async () => {
    rmSync(join(schemasFolder, 'golden', 'customer-history-projector.json'));
    const report = await check();
    expect([report.withoutGolden, report.faults]).toEqual([['customer-history-projector/customer-orders'], []]);
    expect((await check(true)).withoutGolden).toEqual([]);
    const file = 'golden/customer-history-projector.json';
    expect(readFileSync(join(schemasFolder, file), 'utf8')).toBe(
      readFileSync(join(repository, 'schemas', file), 'utf8'),
    );
  });

  it.each(ours)('are kept of %s', (app) => {
    expect(readFileSync(join(repository, 'schemas', 'golden', `${app}.json`), 'utf8').length).toBeGreaterThan(1_000);
  });

  it('name a projection that cannot read a sample', async () => {
    const planted = join(copy, 'apps', 'planted-projector', 'src');
    mkdirSync(planted, { recursive: true });
    const projection = `{ kind: 'fold', name: 'planted', keysOf: () => [1], fold: (row, e) => ({ sum: e.items[0].price.amount }) }`;
    writeFileSync(join(planted, 'app.ts'), `export const app = { projections: [${projection}] };`);
    mkdirSync(join(schemasFolder, 'golden'), { recursive: true });
    writeFileSync(join(schemasFolder, 'golden', 'planted-projector.json'), '{ "planted": {} }');
    const { faults } = await checkSchemas({ schemasFolder, appsFolder: join(copy, 'apps'), accept: false });
    expect(faults[0]).toMatch(/^planted-projector\/planted cannot read stored\/OrderCancelled\.v1\.json#0: /u);
  });
});

describe('a registry that does not answer', () => {
  it('is said, and is a fault only where it had to be asked', async () => {
    const registry = await compareRegistry(createRegistryClient({ url: 'http://127.0.0.1:1' }));
    const report = { ...(await check()), registry };
    expect(reportLines(report)).toContainEqual(expect.stringMatching(/^not compared with the registry: /u));
    expect([isInOrder(report, false), isInOrder(report, true)]).toEqual([true, false]);
  });
});
