import { eventually } from '@orderline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectAsWritten } from '../invariants/as-written.ts';
import { atRest } from '../invariants/at-rest.ts';
import { urlOf } from '../invariants/projectors.ts';
import { freeze } from '../invariants/stack-parts.ts';
import { liveOrder } from '../invariants/traffic.ts';
import { onOrders, relay, relayIs, relayIsWell, restartConnector } from './relay-view.ts';

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${urlOf('relay-supervisor')}/metrics`)).text();
  const found = new RegExp(`^orderline_relay_${name}(?:\\{.*\\})? (\\S+)$`, 'mu').exec(text)?.[1];
  return found === undefined ? Number.NaN : Number(found);
};

describe('the relay is kept running', () => {
  it('tells in metrics what it holds and how fresh it is', async () => {
    await relayIsWell();
    expect(await metric('slot_active')).toBe(1);
    expect(await metric('wal_retained_limit_bytes')).toBe(4 * 2 ** 30);
    expect(await metric('wal_retained_bytes')).toBeGreaterThan(0);
    expect(await metric('heartbeat_age_seconds')).toBeLessThan(20);
    expect(await metric('loss_open')).toBe(0);
    await liveOrder();
    await relayIs('flowing');
    await eventually(async () => expect(await metric('state\\{.*state="flowing".*\\}')).toBe(1), { withinMs: 10_000 });
  });

  it('a connector that has failed is started again without a hand, and commands are taken all the time', async () => {
    const { restarts } = await relayIsWell();
    const right = `ALTER ROLE orders_relay PASSWORD 'orderline'`;
    onTestFinished(() => onOrders(right).then(() => undefined));
    await onOrders(`ALTER ROLE orders_relay PASSWORD 'changed by somebody'`);
    await restartConnector();
    await eventually(
      async () => {
        const { state, advice } = await relay();
        expect(`${state}: ${String(advice)}`).toMatch(/^restarting: .*(failed|nobody reads)/u);
      },
      { withinMs: 60_000 },
    );
    await liveOrder();
    await onOrders(right);
    expect((await relayIsWell()).restarts).toBeGreaterThan(restarts);
    await atRest();
    await expectAsWritten();
  });

  it('a frozen Connect is told by what it does not do, whatever was last said of it; the API answers throughout', async () => {
    await relayIsWell();
    const since = Date.now();
    const connect = freeze('connect');
    await relayIs('stopped', 'restarting');
    const written = await liveOrder();
    await eventually(async () => expect((await relay()).heartbeat.ageSeconds).toBeGreaterThan(15), {
      withinMs: 60_000 - (Date.now() - since),
    });
    expect(await metric('heartbeat_age_seconds')).toBeGreaterThan(15);
    expect((await fetch(`${urlOf('order-command')}/orders/${written.orderId}`)).status).toBe(200);
    connect.thaw();
    await relayIsWell();
    await atRest();
    await expectAsWritten();
  });
});
