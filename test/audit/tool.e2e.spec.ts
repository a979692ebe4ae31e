import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '@orderline/testing';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { atRest } from '../invariants/at-rest.ts';
import { createOrder } from '../pipeline/order-client.ts';
import { plant } from './planted.ts';
import '../support/provided.ts';

type Ran = { code: number | null; lines: string[] };

/** The tool as a person runs it, on this run's stack. */
const start = (...words: string[]) =>
  spawn(process.execPath, ['--import', 'tsx', 'apps/orderline/src/main.ts', 'audit', ...words], {
    env: { ...process.env, NO_COLOR: '1', ORDERLINE_NAME: 'test', ORDERLINE_PORT_OFFSET: '10000' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const audit = async (...words: string[]): Promise<Ran> => {
  const child = start(...words);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines: said.trimEnd().split('\n') };
};

let orderId: string;
beforeAll(async () => {
  ({ orderId } = (await createOrder()).body);
  await atRest();
});
const loseRow = (): Promise<void> => {
  const where = `generation = serving_generation('order-summary') AND order_id = '${orderId}'`;
  return plant(
    { database: 'order_summary', table: 'order_summary', where },
    `DELETE FROM order_summary WHERE ${where}`,
  );
};

describe('orderline audit', () => {
  it('says in one line that nothing was found, and exits with 0', async () => {
    const { code, lines } = await audit();
    expect(lines).toContain('lost 0, doubled 0, out of order 0, divergent 0, tampered 0');
    expect(code).toBe(0);
  });

  it('names each finding with what to do, ends with the Audit of the contract, and exits with 1', async () => {
    await loseRow();
    const { code, lines } = await audit('--json', '--settle', '0.3');
    expect(code).toBe(1);
    expect(lines.find((line) => line.includes('lost: '))).toMatch(
      new RegExp(`order ${orderId} version 1 in order-summary/order-summary .*: orderline rebuild order-summary$`, 'u'),
    );
    const { orders, events, ...found } = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
    expect([typeof orders, typeof events]).toEqual(['number', 'number']);
    expect(found).toMatchObject({
      ok: false,
      lost: [{ orderId, version: 1, where: 'order-summary/order-summary' }],
      ...{ doubled: [], outOfOrder: [], divergent: [], tampered: [] },
    });
  });

  it('goes on with --continuous, tells Prometheus what the last one found, and ends when told', async () => {
    const child = start('--continuous', '--every', '0.2', '--settle', '0.1', '--metrics-port', '0');
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const patience = { withinMs: 30_000, everyMs: 100 };
    const address = await eventually(() => /http:\S+/u.exec(said)![0], patience);
    const metric = async (name: string): Promise<string | undefined> =>
      (await (await fetch(address)).text()).split('\n').find((line) => line.startsWith(name));
    await eventually(async () => expect(await metric('orderline_audit_ok')).toBe('orderline_audit_ok 1'), patience);
    await loseRow();
    await eventually(async () => {
      expect(await metric('orderline_audit_findings{kind="lost"}')).toMatch(/ 1$/u);
      expect(await metric('orderline_audit_ok')).toBe('orderline_audit_ok 0');
    }, patience);
    expect(await metric('orderline_audit_last_run_timestamp_seconds')).toBeDefined();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(1);
  });
});
