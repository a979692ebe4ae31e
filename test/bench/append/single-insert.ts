import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from '@orderline/postgres';
import { newId, sampleData, sampleMetadata, samplePayload } from '../orders/sample-order.ts';

/** The floor: the same bytes into one plain table with the same key, one row per transaction, no lock, hash or outbox. */
export const plainTable = `
CREATE TABLE plain_event (
  order_id uuid, version int, event_id uuid, type text, schema_version int, data jsonb, metadata jsonb,
  recorded_at timestamptz(3), hash bytea, payload bytea, PRIMARY KEY (order_id, version)
);
GRANT INSERT ON plain_event TO orders_app`;

const insert = (values: string): string => `INSERT INTO plain_event VALUES (${values})`;

export const insertByPg = (pool: Pool) => (): Promise<unknown> =>
  pool.query({
    name: 'plain_insert',
    text: insert('$1, 1, $2, $3, 3, $4, $5, now(), $6, $7'),
    values: [
      newId(),
      newId(),
      'OrderCreated',
      JSON.stringify(sampleData),
      JSON.stringify(sampleMetadata),
      Buffer.alloc(32),
      samplePayload,
    ],
  });

/** pgbench of the PATH or of Debian's folders; undefined where there is none. */
export const findPgbench = (): string | undefined => {
  const debian = '/usr/lib/postgresql';
  const versions = spawnSync('ls', [debian], { encoding: 'utf8' }).status === 0 ? readdirSync(debian) : [];
  return ['pgbench', ...versions.map((version) => join(debian, version, 'bin', 'pgbench'))].find(
    (candidate) => spawnSync(candidate, ['--version']).status === 0,
  );
};

/** Transactions per second of pgbench with prepared statements: the server has parsed the row's JSON and bytes once for all. */
export const runPgbench = (pgbench: string, databaseUrl: string, callers: number, seconds: number): number => {
  const folder = mkdtempSync(join(tmpdir(), 'pgbench-'));
  const script = join(folder, 'insert.sql');
  // pgbench takes `:word` for a variable of its own.
  const json = (value: unknown): string => `'${JSON.stringify(value).replaceAll(':', ': ')}'`;
  const values = [
    'uuidv7()',
    '1',
    `'${newId()}'`,
    `'OrderCreated'`,
    '3',
    json(sampleData),
    json({ ...sampleMetadata, occurredAt: 'at some time of the day' }),
    'now()',
    `'\\x${'00'.repeat(32)}'`,
    `'\\x${samplePayload.toString('hex')}'`,
  ];
  writeFileSync(script, `${insert(values.join(', '))};\n`);
  const options = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(callers),
    '-j',
    '2',
    '-T',
    String(Math.max(1, Math.ceil(seconds))),
    '-f',
    script,
  ];
  const { stdout, stderr } = spawnSync(pgbench, [...options, databaseUrl], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  // Of none it says no rate: the machine had no time for it.
  if (/^number of transactions actually processed: 0$/mu.test(stdout)) return 0;
  const tps = /tps = ([\d.]+) \(without/.exec(stdout)?.[1];
  if (tps === undefined) throw new Error(`pgbench gave no figure: ${stdout}${stderr}`);
  return Number(tps);
};
