import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPool, migrate, type Pool } from '@orderline/postgres';
import { eventually } from '@orderline/testing';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { command, createOrder } from '../pipeline/order-client.ts';
import '../support/provided.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/u, '');
const page = readFileSync(join(repository, 'docs/projector-in-ten-minutes.md'), 'utf8');

/** Another name than that of the page, whose projector the clone may have by now. */
const renamed = (text: string): string =>
  text
    .replaceAll('customer-value', 'spec-value')
    .replaceAll('customer_value', 'spec_value')
    .replaceAll('customerValue', 'specValue')
    .replaceAll('CustomerValue', 'SpecValue');

/** The files of the page, as they stand there but for the name: a block whose first line says where it goes. */
const files = [...page.matchAll(/^```\w+ (apps\/\S+)\n(.*?)^```$/gmsu)].map(([, file, text]) => ({
  file: renamed(file!),
  text: renamed(text!),
}));

const ended = async (cwd: string, ...[file, ...args]: [string, ...string[]]): Promise<string> => {
  const child = spawn(file, args, { cwd, env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect(code, said).toBe(0);
  return said;
};

const adminUrlOf = (database: string, role?: string): string => {
  const url = new URL(inject('stack').ordersUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) [url.username, url.password] = [role, 'orderline'];
  return url.href;
};

describe('a projector in ten minutes', () => {
  let clone: string;

  beforeAll(async () => {
    clone = mkdtempSync(join(tmpdir(), 'orderline-'));
    for (const part of [
      'infra',
      'docker-compose.yml',
      'Dockerfile',
      'package.json',
      'vitest.config.ts',
      'tsconfig.base.json',
    ]) {
      cpSync(join(repository, part), join(clone, part), { recursive: true, verbatimSymlinks: true });
    }
    symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'));
    // The libraries are reached through the link, at their real place, and need the same compiler options.
    const include = ['apps', join(repository, 'libs'), join(repository, 'test/support/provided.ts')];
    const exclude = [join(repository, 'libs/**/*.spec.ts')];
    writeFileSync(join(clone, 'tsconfig.json'), JSON.stringify({ extends: './tsconfig.base.json', include, exclude }));
    const tool = join(repository, 'apps/orderline/src/main.ts');
    await ended(repository, process.execPath, '--import', 'tsx', tool, 'new-projector', 'spec-value', '--into', clone);
  });
  afterAll(() => {
    rmSync(clone, { recursive: true, force: true });
  });

  const vitest = (...words: string[]): Promise<string> =>
    ended(clone, join(repository, 'node_modules/.bin/vitest'), 'run', '--project', 'unit', ...words);

  it('begins with one that is part of the stack, natively and in Docker', async () => {
    expect(
      await vitest('infra/local/src/docker', 'infra/local/src/provision', 'infra/local/src/ports', 'apps'),
    ).toMatch(/Tests +\d+ passed/u);
  });

  it('has a projection of at most 30 lines', () => {
    const projection = files.find(({ file }) => file.endsWith('.projection.ts'));
    expect(projection?.text.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
  });

  it('answers what a customer is worth, as the page has it', async () => {
    expect(files.length).toBe(5);
    for (const { file, text } of files) writeFileSync(join(clone, file), text);
    await ended(clone, join(repository, 'node_modules/.bin/tsc'), '--noEmit', '-p', '.');
    expect(await vitest('apps')).toMatch(/Tests +1 passed/u);
    const url = await started(clone);

    const customerId = `c-${randomUUID()}`;
    const { body: order } = await createOrder({ customerId });
    await command(order.orderId, 'payments', { method: 'card', amount: '10.25', reference: 'p-1' });
    const { body: last } = await command(order.orderId, 'refunds', {
      amount: '0.75',
      reason: 'late',
      reference: 'r-1',
    });
    const answer = await fetch(`${url}/customers/${customerId}/spec-value`, {
      headers: { 'x-order-id': order.orderId, 'x-event-version': String(last.version), prefer: 'wait=30' },
    });
    expect(await answer.json()).toEqual({ customerId, values: [{ currency: 'USD', value: '9.50' }] });
  });
});

/** The projector of the clone on the stack, with its roles and its database made by the files that the command wrote. */
const started = async (clone: string): Promise<string> => {
  const admin = createPool({ databaseUrl: adminUrlOf('postgres'), applicationName: 'spec', max: 1 });
  onTestFinished(() => dropped(admin));
  await admin.query(readFileSync(join(clone, 'infra/postgres/roles.sql'), 'utf8'));
  for (const statement of readFileSync(join(clone, 'infra/postgres/databases.sql'), 'utf8').split(';')) {
    if (statement.includes('DATABASE spec_value ')) await admin.query(statement);
  }
  const databaseUrl = adminUrlOf('spec_value', 'spec_value_owner');
  await migrate({
    databaseUrl,
    folder: join(repository, 'libs/projection/migrations'),
    ledger: 'projection_migration',
  });
  await migrate({
    databaseUrl,
    folder: join(clone, 'apps/spec-value-projector/migrations'),
    ledger: 'app_migration',
  });
  return launched(clone);
};

const dropped = async (admin: Pool): Promise<void> => {
  await admin.query('DROP DATABASE IF EXISTS spec_value WITH (FORCE)');
  await admin.query('DROP ROLE IF EXISTS spec_value_app, spec_value_owner');
  await admin.end();
};

const launched = async (clone: string): Promise<string> => {
  const { kafkaBrokers, registryUrl } = inject('stack');
  const port = 13_999;
  const main = join(clone, 'apps/spec-value-projector/src/main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: adminUrlOf('spec_value', 'spec_value_app'),
      KAFKA_BROKERS: kafkaBrokers.join(','),
      SCHEMA_REGISTRY_URL: registryUrl,
      KAFKA_GROUP_PREFIX: `${randomUUID()}-`,
      LOG_LEVEL: 'warn',
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      expect(child.exitCode, said).toBeNull();
      expect((await fetch(`${url}/health/ready`)).status, said).toBe(200);
    },
    { withinMs: 60_000 },
  );
  return url;
};
