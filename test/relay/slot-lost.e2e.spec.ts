import { describe, expect, it, onTestFinished } from 'vitest';
import { expectAsWritten } from '../invariants/as-written.ts';
import { atRest } from '../invariants/at-rest.ts';
import { liveOrder } from '../invariants/traffic.ts';
import { onOrders, orderline, relay, relayIs, relayIsWell, resumeConnector, stopConnector } from './relay-view.ts';

const lives = (count: number): Promise<unknown> => Promise.all(Array.from({ length: count }, () => liveOrder()));

/** Whatever a test leaves half-way: the stack's other specs follow. */
const healedAtTheEnd = (): void =>
  onTestFinished(async () => {
    if ((await relay()).state === 'lost') await orderline('relay', 'heal');
  });

const told = (what: string, since: number): void =>
  console.log(`${what} after ${((Date.now() - since) / 1_000).toFixed(1)} s`);

describe('a slot that loses events', () => {
  it('dropped while the connector stands still: seen with the range and what to do, never made again in silence, healed by one command', async () => {
    await relayIsWell();
    healedAtTheEnd();
    await lives(3);
    await stopConnector();
    await lives(4);
    const dropped = Date.now();
    await onOrders(`SELECT pg_drop_replication_slot('orderline_outbox')`);
    const seen = await relayIs('lost');
    told('slot loss seen', dropped);
    expect(seen.loss).toMatchObject({
      kind: 'missing',
      after: expect.stringMatching(/^[0-9A-F]+\/[0-9A-F]+$/u) as string,
    });
    expect(Date.parse(seen.loss?.afterTime ?? '')).toBeGreaterThan(dropped - 60_000);
    expect(seen.advice).toContain('npm run orderline -- relay heal');
    await lives(4);
    await resumeConnector();
    await expect.poll(async () => (await relay()).task, { timeout: 30_000 }).toBe('FAILED');
    expect(await onOrders('SELECT 1 FROM pg_replication_slots')).toEqual([]);

    expect(await orderline('relay', 'heal', '--dry-run')).toMatch(/would make the slot[^]*would be sent again/u);
    expect((await relay()).state).toBe('lost');
    const begun = Date.now();
    const said = await orderline('relay', 'heal');
    told('healed', begun);
    expect(said).toMatch(/make the slot[^]*sent again[^]*Nothing is missing on the topic[^]*Healed/u);
    await relayIsWell();
    await atRest();
    await expectAsWritten();
    expect(await orderline('relay', 'heal')).toContain('Slot and connector need nothing.');
  });

  it('moved on past what was delivered: seen, and healed although commands go on meanwhile', async () => {
    await relayIsWell();
    healedAtTheEnd();
    await lives(3);
    await atRest();
    await stopConnector();
    await lives(5);
    const moved = Date.now();
    await onOrders(`SELECT pg_replication_slot_advance('orderline_outbox', pg_current_wal_lsn())`);
    const seen = await relayIs('lost');
    told('advanced slot seen', moved);
    expect(seen.loss).toMatchObject({ kind: 'advanced', until: seen.slot?.confirmed });
    const [said] = await Promise.all([orderline('relay', 'heal'), lives(6)]);
    expect(said).toContain('Healed');
    await relayIsWell();
    await atRest();
    await expectAsWritten();
  });
});
