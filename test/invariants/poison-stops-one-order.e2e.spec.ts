import { createKafka } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import type { Message } from 'kafkajs';
import { topicName } from '@orderline/contracts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { command, createOrder } from '../pipeline/order-client.ts';
import { differences, expectAsWritten } from './as-written.ts';
import { atRest, statusOf } from './at-rest.ts';
import { parkedAt, release, type Parked } from './parked.ts';
import { databaseUrlOf, stackPlaces, urlOf } from './projectors.ts';
import { startTraffic } from './traffic.ts';

const producer = createKafka({ brokers: inject('stack').kafkaBrokers, clientId: 'poisoner' }).producer();
beforeAll(() => producer.connect());
afterAll(() => producer.disconnect());

const put = async (message: Message): Promise<void> => {
  await producer.send({ topic: topicName, messages: [message] });
};

const parkedOf = async (url: string, orderId: string): Promise<Parked[]> =>
  (await parkedAt(url)).filter((parked) => parked.orderId === orderId);

/** In every projection of all four, with this many records of the order behind it. */
const parkedEverywhere = (orderId: string, expected: { waiting: number; reason: RegExp }): Promise<void> =>
  eventually(
    async () => {
      for (const { name, url } of stackPlaces()) {
        const projections = new Set((await statusOf(url)).map((status) => status.name));
        const parked = await parkedOf(url, orderId);
        expect(parked.map(({ projection }) => projection).sort(), name).toEqual([...projections].sort());
        for (const { waiting, reason } of parked) {
          expect(waiting, name).toBe(expected.waiting);
          expect(reason, name).toMatch(expected.reason);
        }
      }
    },
    { withinMs: 30_000, everyMs: 100 },
  );

const discardEverywhere = async (orderId: string): Promise<void> => {
  for (const { url } of stackPlaces()) {
    for (const { parked } of (await release(url, orderId, 'discard')).released) expect(parked).toBe(0);
    expect(await parkedOf(url, orderId)).toEqual([]);
  }
};

describe('a record that can never be applied stops its order and no other', () => {
  it.each([
    ['that is no Avro at all', Buffer.from('garbage'), /cannot be read/u],
    ['of a schema that the registry does not have', Buffer.from([0, 0x3f, 0xff, 0xff, 0xff, 1, 2]), /cannot be read/u],
    ['that is empty', Buffer.alloc(0), /empty value/u],
  ])(
    'a record %s parks its order with the reason; the order queues up behind it in order, all others go on, a discard frees it',
    async (_, value, reason) => {
      const traffic = startTraffic(31, 2);
      const { orderId } = (await createOrder()).body;
      await atRest();
      await put({ key: orderId, value });
      await parkedEverywhere(orderId, { waiting: 0, reason });

      for (const action of ['confirm', 'start-preparing', 'mark-ready']) {
        expect(
          (await command(orderId, action, action === 'start-preparing' ? { estimatedMinutes: 9 } : undefined)).status,
        ).toBe(200);
      }
      await parkedEverywhere(orderId, { waiting: 3, reason });
      await traffic.stop();
      await atRest();
      const { missing, wrong } = await differences(databaseUrlOf('order_summary'), 'order-summary', 'order_summary');
      expect([missing.length, wrong.length], 'only the parked order is behind').toEqual([1, 1]);
      expect(missing[0]).toContain(orderId);

      for (const { url } of stackPlaces()) {
        const refused = await fetch(`${url}/projections`, {
          headers: { 'x-order-id': orderId, 'x-event-version': '2' },
        });
        expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'parked' }]);
        for (const { applied, parked } of (await release(url, orderId, 'retry')).released) {
          expect({ applied, parked }, 'a retry changes nothing while the record is as it was').toEqual({
            applied: 0,
            parked: 4,
          });
        }
      }
      await parkedEverywhere(orderId, { waiting: 3, reason });
      await discardEverywhere(orderId);
      await expectAsWritten();
    },
  );

  it('a rebuild passes over what was discarded, as the live read model does', async () => {
    const url = `${urlOf('order-summary')}/projections/order-summary`;
    expect((await fetch(`${url}/rebuild`, { method: 'POST' })).status).toBe(202);
    await eventually(
      async () => {
        const filled = (await statusOf(urlOf('order-summary'))).find(({ state }) => state === 'caught_up');
        expect(filled).toMatchObject({ parked: 0, comparison: { differences: [] } });
      },
      { withinMs: 30_000, everyMs: 100 },
    );
    expect((await fetch(`${url}/drop`, { method: 'POST' })).status).toBe(200);
  });

  it('a record without a key is parked under the order id unknown, and everything goes on', async () => {
    await put({ value: Buffer.from('whose is this?') });
    await parkedEverywhere('unknown', { waiting: 0, reason: /no key/u });
    await atRest();
    await expectAsWritten();
    await discardEverywhere('unknown');
  });
});
