import { setTimeout as pause } from 'node:timers/promises';
import { startLoad } from '@orderline/load';
import { eventually } from '@orderline/testing';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { command, createOrder, toTheDoor } from '../pipeline/order-client.ts';
import { recordsOf } from '../pipeline/topic-records.ts';
import { expectAsWritten } from './as-written.ts';
import { atRest, statusOf } from './at-rest.ts';
import { databaseUrlOf, projectors, stackPlaces, urlOf } from './projectors.ts';
import { query } from './query.ts';
import { answers, freeze, pidOf, replaced } from './stack-parts.ts';
import { startTraffic } from './traffic.ts';

const expectNothingParked = async (): Promise<void> => {
  for (const { url } of stackPlaces()) {
    for (const { name, parked } of await statusOf(url)) expect({ name, parked }).toEqual({ name, parked: 0 });
  }
};

describe('what is away for a while is waited for: nothing is parked and nothing is lost', () => {
  it('with the schema registry away for 20 s, a projector that has to ask it waits, and those that know the schemas go on', async () => {
    await atRest();
    const registry = freeze('registry');
    await query(databaseUrlOf(projectors.analytics.database), 'DELETE FROM projection_schema');
    const pid = pidOf('analytics');
    process.kill(pid, 'SIGTERM');
    await replaced('analytics', pid);
    const traffic = startTraffic(61, 1);
    await pause(20_000);
    const orders = await traffic.stop();
    expect(orders.length).toBeGreaterThan(10);
    const others = stackPlaces().filter(({ name }) => name !== 'analytics');
    await atRest(others);
    await expectAsWritten(others);
    await expectNothingParked();
    const held = (await statusOf(urlOf('analytics'))).map(({ lagEvents }) => lagEvents);
    expect(Math.min(...held), 'records that analytics holds back').toBeGreaterThan(0);

    registry.thaw();
    await atRest();
    await expectAsWritten();
    await expectNothingParked();
  });

  it('with the broker stopped for 10 s, commands go on, and all that was written in between arrives', async () => {
    const broker = freeze('kafka');
    const traffic = startTraffic(62, 2);
    await pause(10_000);
    expect(traffic.count()).toBeGreaterThan(10);
    broker.thaw();
    await traffic.stop();
    await atRest();
    await expectAsWritten();
    await expectNothingParked();
  });

  it('with Kafka Connect killed, commands go on, and the backlog arrives in the order of its versions', async () => {
    const { connectUrl } = inject('stack');
    const pid = pidOf('connect');
    process.kill(pid, 'SIGKILL');
    const { orderId } = (await createOrder()).body;
    for (const [action, body] of toTheDoor) expect((await command(orderId, action, body)).status).toBe(200);
    await expect(fetch(connectUrl), 'Connect is still away').rejects.toThrow();
    const traffic = startTraffic(63, 2);
    await replaced('connect', pid);
    await answers(`${connectUrl}/connectors`);
    await traffic.stop();
    const versions = (await recordsOf(orderId, 6)).map(({ event }) => event.version);
    expect([...new Set(versions)]).toEqual([1, 2, 3, 4, 5, 6]);
    await eventually(atRest, { withinMs: 90_000 });
    await expectAsWritten();
    await expectNothingParked();
  });

  it('with PostgreSQL killed under load, every command that was accepted is kept, and the read models come to what is written', async () => {
    const { commandUrl, ordersUrl } = inject('stack');
    const load = startLoad({ commandUrl, ratePerSecond: 40, seed: 64 });
    onTestFinished(async () => {
      await load.stop();
    });
    const untilSettled = (more: number): Promise<void> => {
      const goal = load.soFar().settled + more;
      return eventually(() => expect(load.soFar().settled).toBeGreaterThan(goal), { withinMs: 90_000, everyMs: 100 });
    };
    await untilSettled(100);
    const pid = pidOf('postgres');
    process.kill(pid, 'SIGKILL');
    await replaced('postgres', pid);
    await untilSettled(200);
    const { accepted, unsettled, surprises } = await load.stop();
    expect({ unsettled: unsettled.size, surprises }).toEqual({ unsettled: 0, surprises: [] });

    const sql = 'SELECT order_id AS "orderId", max(version) AS version FROM event GROUP BY 1';
    const kept = new Map(
      (await query<{ orderId: string; version: number }>(ordersUrl, sql)).map((row) => [row.orderId, row.version]),
    );
    const lost = [...accepted].filter(([orderId, version]) => (kept.get(orderId) ?? 0) < version);
    expect(lost, 'accepted, and not in the event table').toEqual([]);
    expect(accepted.size).toBeGreaterThan(20);
    await eventually(atRest, { withinMs: 90_000 });
    await expectAsWritten();
    await expectNothingParked();
  }, 240_000);
});
