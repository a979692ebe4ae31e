import { createKafka } from '@orderline/kafka';
import { eventually } from '@orderline/testing';
import { expect, inject, it, onTestFinished } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable, statusOf } from './at-rest.ts';
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

it('sums stay right and nothing is lost while one instance becomes two and three, one is killed, one is told to stop, and one is left', async () => {
  const traffic = startTraffic(51, 2);
  const projector = await ownProjector('analytics');
  const group = await openGroup(projector.groupId);
  const flow = async (): Promise<void> => {
    const before = traffic.count();
    await eventually(() => expect(traffic.count()).toBeGreaterThan(before + 5), { withinMs: 30_000 });
  };
  const first = await projector.start();
  await group.sharedBy(1);
  const second = await projector.start();
  await group.sharedBy(2);
  await flow();
  const third = await projector.start();
  await group.sharedBy(3);
  await flow();
  await second.end('SIGKILL');
  await group.sharedBy(2);
  await flow();
  expect(await first.end('SIGTERM')).toEqual({ code: 0, signal: null });
  await group.sharedBy(1);
  await flow();
  await traffic.stop();

  const place = projector.at(third);
  await atRest([place]);
  await giveUpUnreadable(place);
  await expectAsWritten([place]);
  for (const { name, parked } of await statusOf(place.url)) expect({ name, parked }).toEqual({ name, parked: 0 });
}, 240_000);
