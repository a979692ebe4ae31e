import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@orderline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createPool, type Pool } from './create-pool.ts';
import { migrate } from './migrate.ts';

describe('migrate, on a real database', () => {
  let database: TestDatabase;
  let pool: Pool;
  let folder: string;
  let ledgers = 0;
  let ledger: string;
  const run = () => migrate({ databaseUrl: database.adminUrl, folder, ledger });
  const file = (name: string, sql: string) => writeFile(join(folder, name), sql);

  beforeAll(async () => {
    database = await createTestDatabase(inject('postgresUrl'), 'postgres');
    pool = createPool({ databaseUrl: database.adminUrl, applicationName: 'migrate spec' });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    ledger = `ledger_${String((ledgers += 1))}`;
    await pool.query('DROP TABLE IF EXISTS dish, menu');
    return () => rm(folder, { recursive: true });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('applies files in their order, once', async () => {
    await file('0002_dish.sql', 'ALTER TABLE dish ADD price int;');
    await file('0001_dish.sql', 'CREATE TABLE dish (name text)');
    expect(await run()).toEqual(['0001_dish', '0002_dish']);
    expect(await run()).toEqual([]);
  });

  it('is safe when twenty run at once: each file is applied by exactly one', async () => {
    await file('0001_dish.sql', 'CREATE TABLE dish (name text);');
    await file('0002_menu.sql', 'CREATE TABLE menu (name text);');
    const runs = await Promise.all(Array.from({ length: 20 }, run));
    expect(runs.flat().toSorted()).toEqual(['0001_dish', '0002_menu']);
  });

  it('leaves nothing of a file that fails, keeps those before it, and goes on once it is mended', async () => {
    await file('0001_dish.sql', 'CREATE TABLE dish (name text);');
    await file('0002_menu.sql', 'CREATE TABLE menu (name text); SELECT 1 / 0;');
    await expect(run()).rejects.toThrow('division by zero');
    expect((await pool.query(`SELECT to_regclass('menu') AS menu`)).rows).toEqual([{ menu: null }]);
    await file('0002_menu.sql', 'CREATE TABLE menu (name text);');
    expect(await run()).toEqual(['0002_menu']);
  });

  it('refuses an older file that turns up after a newer one ran', async () => {
    await file('0002_dish.sql', 'CREATE TABLE dish (name text);');
    await run();
    await file('0001_menu.sql', 'CREATE TABLE menu (name text);');
    await expect(run()).rejects.toThrow('0001_menu');
  });

  it('runs a file marked no-transaction outside of one', async () => {
    await file('0001_dish.sql', 'CREATE TABLE dish (name text);');
    await file('0002_index.sql', '-- no-transaction\nCREATE INDEX CONCURRENTLY dish_name ON dish (name);');
    expect(await run()).toEqual(['0001_dish', '0002_index']);
  });
});
