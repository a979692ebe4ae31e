import { createKafka } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import { expect, inject, it, onTestFinished } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable, statusOf } from './at-rest.ts';
import { keepReading } from './keep-reading.ts';
import { ownProjector } from './own-projector.ts';
import { startTraffic } from './traffic.ts';

/** Resolves when the group is at rest and this many members share the partitions. */
const openGroup = async (groupId: string): Promise<{ sharedBy(count: number): Promise<void> }> => {
  const admin = createKafka({ brokers: inject('stack').kafkaBrokers, clientId: 'onlooker' }).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return {
    sharedBy: (count) =>
      eventually(
        async () => {
          const group = (await admin.describeGroups([groupId])).groups[0];
          const holders = group?.members.filter(({ memberAssignment }) => memberAssignment.length > 8) ?? [];
          expect([group?.state, holders.length], groupId).toEqual(['Stable', count]);
        },
        { withinMs: 60_000, everyMs: 100 },
      ),
  };
};

it('sums stay right, nothing is lost and no read fails while one instance becomes four, one is killed, two are told to stop, and one is left', async () => {
  const traffic = startTraffic(51, 2);
  const projector = await ownProjector('analytics');
  const flow = async (): Promise<void> => {
    const before = traffic.count();
    await eventually(() => expect(traffic.count()).toBeGreaterThan(before + 5), { withinMs: 30_000 });
  };
  const first = await projector.start();
  const group = await openGroup(first.groupId);
  await group.sharedBy(1);
  await atRest([projector.at(first)]);
  const reading = keepReading([projector.at(first)]);
  const [second, third, last] = await Promise.all([projector.start(), projector.start(), projector.start()]);
  await group.sharedBy(4);
  await reading.goOnWith([first, second, third, last].map((instance) => projector.at(instance)));
  await flow();
  await reading.goOnWith([first, third, last].map((instance) => projector.at(instance)));
  await second.end('SIGKILL');
  await group.sharedBy(3);
  await flow();
  for (const [told, left] of [
    [first, [third, last]],
    [third, [last]],
  ] as const) {
    await reading.goOnWith(left.map((instance) => projector.at(instance)));
    expect(await told.end('SIGTERM')).toEqual({ code: 0, signal: null });
    await group.sharedBy(left.length);
    await flow();
  }
  await traffic.stop();
  await reading.stop();
  expect(reading.faults).toEqual([]);

  const place = projector.at(last);
  await atRest([place]);
  await giveUpUnreadable(place);
  await expectAsWritten([place]);
  for (const { name, parked } of await statusOf(place.url)) expect({ name, parked }).toEqual({ name, parked: 0 });
}, 240_000);
