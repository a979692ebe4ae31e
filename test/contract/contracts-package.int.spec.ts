import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const empty = mkdtempSync(join(tmpdir(), 'orderline-subscriber-'));
const node = process.execPath;
let tarball: string;

const run = (command: string, args: readonly string[], input = ''): string =>
  execFileSync(command, args, { cwd: empty, encoding: 'utf8', input });

type Fixture = {
  readonly type: string;
  readonly schema: object;
  readonly events: readonly { event: { eventId: string }; wire: string }[];
};

const fixture = (type: string, version: number): Fixture =>
  JSON.parse(readFileSync(join(repository, `schemas/fixtures/avro/${type}.v${version}.json`), 'utf8')) as Fixture;

beforeAll(() => {
  const packed = execFileSync(node, ['--import', 'tsx', 'libs/contracts/pack.ts', empty], {
    cwd: repository,
    encoding: 'utf8',
  });
  tarball = packed.trim().split('\n').at(-1) ?? '';
  writeFileSync(join(empty, 'package.json'), '{ "private": true, "type": "module" }');
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', tarball]);
  for (const file of ['follow-orders.mjs', 'read-dump.mjs']) {
    cpSync(join(repository, 'examples/contracts-package', file), join(empty, file));
  }
}, 120_000);
afterAll(() => rmSync(empty, { recursive: true }));

describe('the contracts package, installed from its tarball in an empty folder', () => {
  it('brings avsc and nothing else, no source and no test', () => {
    const installed = run('npm', ['ls', '--all', '--parseable', '--omit=dev']).trim().split('\n').slice(1);
    expect(installed.map((path) => path.split('node_modules/').at(-1)).sort()).toEqual([
      '@orderline/contracts',
      'avsc',
    ]);
    const files = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    expect(files.filter((file) => /\.(?:spec|testing)\.|(?<!\.d)\.ts$/u.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining(['package/dist/index.js', 'package/dist/index.d.ts', 'package/CHANGELOG.md']),
    );
  });

  it('follows an order with plain node: decodes, sheds duplicates, passes an unknown type by, stops at a gap', () => {
    const types = ['OrderCreated', 'OrderConfirmed', 'OrderRated', 'OrderPreparing', 'OrderCancelled'];
    const rated = {
      type: 'record',
      name: 'OrderRated',
      namespace: 'orderline.orders',
      fields: [{ name: 'stars', type: 'int' }],
    };
    const written = types.map((type, index) => {
      const known = type === 'OrderRated' ? undefined : fixture(type, type === 'OrderCreated' ? 3 : 1);
      const value = Buffer.from(
        known?.events[0]?.wire ?? Buffer.from([0, 0, 0, 0, 0, 10]).toString('base64'),
        'base64',
      );
      value.writeInt32BE(index + 1, 1);
      const headers = { 'event-version': String(index + 1), ce_id: `e-${index + 1}`, 'event-type': type };
      return {
        schema: JSON.stringify(known?.schema ?? rated),
        record: { key: 'o-1', headers, value: value.toString('base64') },
      };
    });
    const [created, confirmed, , preparing, cancelled] = written.map(({ record }) => record);
    const dump = {
      schemas: Object.fromEntries(written.map(({ schema }, index) => [index + 1, schema])),
      records: [
        created,
        confirmed,
        created,
        confirmed,
        written[2]!.record,
        preparing,
        { ...cancelled, headers: { ...cancelled!.headers, 'event-version': '9' } },
      ],
    };
    const { orders } = JSON.parse(run(node, ['read-dump.mjs'], JSON.stringify(dump))) as {
      orders: Record<string, object>;
    };
    expect(orders['o-1']).toEqual({
      version: 4,
      status: 'Preparing',
      applied: ['OrderCreated', 'OrderConfirmed', 'OrderPreparing'],
      unknown: ['OrderRated'],
      duplicates: 2,
      gaps: 1,
      currency: 'USD',
      totalMinor: 2500,
      deliveryAddress: 'Čapkova 12, 602 00 Brno',
    });
  });

  it('upcasts what the event table has of older versions', () => {
    const program = `import { upcast } from '@orderline/contracts';
      const data = { product_ids: ['a'], total: '12.50' };
      console.log(JSON.stringify(upcast({ type: 'OrderCreated', schemaVersion: 1, data })));`;
    const current = JSON.parse(run(node, ['--input-type=module', '-e', program])) as object;
    expect(current).toMatchObject({ schemaVersion: 3, data: { totalMinor: 1250, currency: 'USD' } });
  });

  it('has types that tell events apart', { timeout: 120_000 }, () => {
    const program = `import type { ContractEvent } from '@orderline/contracts';
      export const total = (event: ContractEvent): number => event.type === 'OrderCreated' ? event.totalMinor : 0;
      // @ts-expect-error OrderReady has no total
      export const none = (event: Extract<ContractEvent, { type: 'OrderReady' }>): number => event.totalMinor;`;
    writeFileSync(join(empty, 'typed.ts'), program);
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck', 'false'];
    const types = ['--types', 'node', '--typeRoots', join(repository, 'node_modules/@types')];
    expect(run(join(repository, 'node_modules/.bin/tsc'), [...options, ...types, 'typed.ts'])).toBe('');
  });
});
