import { createKafka } from '@orderline/kafka';
import { brokenPromises, startLoad } from '@orderline/load';
import { stackApps } from '@orderline/local-stack';
import { eventually } from '@orderline/testing';
import { expect, inject, it, onTestFinished } from 'vitest';
import { secondInstance, type Instance } from './stack/second-instance.ts';

type Receipts = { receipts: { projection: string; version: number; parked: boolean }[] };

const projectors = stackApps.filter((app) => app.kind === 'projector');
const commandApp = stackApps.filter((app) => app.kind === 'command');

/** Resolves when two members of each projector's group share its partitions. */
const sharedByTwo = async (brokers: string[]): Promise<void> => {
  const admin = createKafka({ brokers, clientId: 'onlooker' }).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  await eventually(
    async () => {
      const { groups } = await admin.describeGroups(projectors.map(({ folder }) => `${folder}.main`));
      // An assignment of no partition is of eight bytes.
      const holders = groups.map(({ members }) => members.filter((one) => one.memberAssignment.length > 8).length);
      expect(holders).toEqual(projectors.map(() => 2));
    },
    { withinMs: 60_000, everyMs: 100 },
  );
};

const addItem = async (url: string, orderId: string, nth: number): Promise<number> => {
  const { status } = await fetch(`${url}/orders/${orderId}/items`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `${orderId}-${nth}` },
    body: JSON.stringify({ sku: `dish-${nth}`, name: 'A dish', quantity: 1, unitPrice: '1.00' }),
  });
  return status;
};

it('keeps what was promised by two order-commands, each event once in every projection of two instances of each projector', async () => {
  const { commandUrl, ordersUrl, kafkaBrokers, registryUrl } = inject('stack');
  const servers = { adminUrl: ordersUrl, kafkaBrokers, registryUrl };
  const started = await Promise.all([...commandApp, ...projectors].map((app) => secondInstance(app, servers)));
  onTestFinished(async () => {
    await Promise.all(started.map((instance) => instance.stop()));
  });
  const [secondCommand, ...secondProjectors] = started as [Instance, ...Instance[]];
  await sharedByTwo(kafkaBrokers);

  const commandUrls = [commandUrl, secondCommand.url];
  const loads = commandUrls.map((url, at) => startLoad({ commandUrl: url, ratePerSecond: 30, seed: 71 + at }));
  await eventually(() => loads.forEach((load) => expect(load.soFar().commands).toBeGreaterThan(100)), {
    withinMs: 30_000,
  });
  const [first, second] = await Promise.all(loads.map((load) => load.stop()));
  if (first === undefined || second === undefined) throw new Error('there are two');
  expect([...first.surprises, ...second.surprises]).toEqual([]);

  const other = await fetch(`${commandUrl}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ customerId: 'c-two', restaurantId: 'r-two', currency: 'EUR' },
      items: [{ sku: 'soup', name: 'Soup', quantity: 1, unitPrice: '4.50' }],
    }),
  });
  const { orderId } = (await other.json()) as { orderId: string };
  const added = Array.from({ length: 20 }, (_, nth) => addItem(commandUrls[nth % 2] ?? commandUrl, orderId, nth));
  expect(new Set(await Promise.all(added))).toEqual(new Set([200]));

  const accepted = new Map([...first.accepted, ...second.accepted, [orderId, 21]]);
  expect(await brokenPromises(ordersUrl, { accepted, unsettled: new Set(), isOver: true })).toEqual([]);
  for (const { url } of secondProjectors) {
    for (const [id, version] of accepted) {
      await eventually(async () => {
        const { receipts } = (await (await fetch(`${url}/receipts/${id}`)).json()) as Receipts;
        expect(receipts.length).toBeGreaterThan(0);
        for (const receipt of receipts) expect(receipt).toMatchObject({ version, parked: false });
      });
    }
  }
}, 180_000);
