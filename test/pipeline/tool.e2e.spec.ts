import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { command, createOrder, toTheDoor } from './order-client.ts';

const execute = promisify(execFile);

/** The tool as a person runs it, pointed at this run's order-command. */
const orderline = async (...words: string[]): Promise<string> => {
  const args = ['--import', 'tsx', 'apps/orderline/src/main.ts', ...words, '--url', inject('stack').commandUrl];
  return (await execute(process.execPath, args, { env: { ...process.env, NO_COLOR: '1' } })).stdout;
};

describe('the tool shows an order', () => {
  let orderId: string;
  let confirmedAt: string;
  beforeAll(async () => {
    ({ orderId } = (await createOrder()).body);
    confirmedAt = (await command(orderId, 'confirm', undefined, { 'x-actor': 'restaurant:r-7' })).body.updatedAt;
    for (const [action, body] of toTheDoor.slice(1)) await command(orderId, action, body);
  });

  it('as a timeline, a line per event with who did it', async () => {
    const lines = (await orderline('timeline', orderId)).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(new RegExp(`^v2 +${confirmedAt} +OrderConfirmed.* by restaurant:r-7$`, 'u'));
  });

  it('as it was at an instant', async () => {
    const state = JSON.parse(await orderline('state', orderId, '--at', confirmedAt)) as {
      version: number;
      status: string;
    };
    expect(state).toMatchObject({ version: 2, status: 'Confirmed' });
  });

  it('as its history with the stored schema versions', async () => {
    const lines = (await orderline('history', orderId, '--json')).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { version: number; storedSchemaVersion: number });
    expect(events.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events[0]?.storedSchemaVersion).toBe(3);
  });

  it('as a replay that says what each event changed', async () => {
    const shown = await orderline('replay', orderId, '--until', '3');
    expect(shown).toContain('status: "Created" → "Confirmed"');
    expect(shown).toContain('status: "Confirmed" → "Preparing"');
    expect(shown).not.toContain('"Ready"');
  });

  it('as a spec that passes: the same events, the same state', async () => {
    const file = `libs/ordering/src/replay-${orderId}.spec.ts`;
    try {
      await orderline('replay', orderId, '--as-test');
      const { stdout } = await execute('node_modules/.bin/vitest', ['run', '--project', 'unit', file], {
        env: { ...process.env, NO_COLOR: '1' },
      });
      expect(stdout).toMatch(/Tests +1 passed/u);
    } finally {
      rmSync(file, { force: true });
    }
  });

  it('and says in one line why it cannot', async () => {
    const unknown = '01900000-0000-7000-8000-000000000000';
    await expect(orderline('timeline', unknown)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^orderline: .*order_not_found/u) as string,
    });
  });
});
