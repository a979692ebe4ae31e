import type pg from 'pg';
import { expect, it } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable } from './at-rest.ts';
import { chanceOf, seedOfRun } from './chance.ts';
import { connect } from './connect.ts';
import { crashPoints, installGates, untilApplied } from './crash-points.ts';
import { ownProjector, type Instance, type OwnProjector } from './own-projector.ts';
import { projectorNames } from './projectors.ts';
import { startTraffic } from './traffic.ts';

const seed = seedOfRun('kills');

const shuffled = <T>(list: readonly T[], chance: () => number): T[] =>
  list
    .map((one) => ({ one, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

type Kill = (admin: pg.Client, instance: Instance) => Promise<void>;

const anywhere =
  (chance: () => number): Kill =>
  async (admin, instance) => {
    await untilApplied(admin, 1 + Math.floor(chance() * 20));
    await instance.end('SIGKILL');
  };

/** Every named point three times and two moments by lot, in four hands. */
const hands = (chance: () => number): Kill[][] => {
  const named = Object.values(crashPoints);
  const deck = shuffled([...named, ...named, ...named, anywhere(chance), anywhere(chance)], chance);
  return projectorNames.map((_, hand) => deck.filter((__, at) => at % projectorNames.length === hand));
};

/** A group of its own each time, so that none waits for a dead member: where to go on is by the checkpoint alone. */
const killAgainAndAgain = async (projector: OwnProjector, kills: readonly Kill[]): Promise<Instance> => {
  let instance = await projector.start({ group: '0-' });
  const admin = await connect(projector.databaseUrl);
  await untilApplied(admin, 1);
  await installGates(admin);
  for (const [round, kill] of kills.entries()) {
    await kill(admin, instance);
    instance = await projector.start({ group: `${round + 1}-` });
  }
  return instance;
};

it('no event is lost or counted twice when projectors are killed before and after write, commit and offset, twenty times, while orders flow', async () => {
  const kills = hands(chanceOf(seed));
  expect(kills.map((own) => own.length)).toEqual([5, 5, 5, 5]);
  const traffic = startTraffic(seed, 2);
  const own = await Promise.all(projectorNames.map(ownProjector));
  const places = await Promise.all(
    own.map(async (projector, at) => projector.at(await killAgainAndAgain(projector, kills[at] ?? []))),
  );
  await traffic.stop();
  await atRest(places);
  await Promise.all(places.map(giveUpUnreadable));
  await expectAsWritten(places);
}, 300_000);

it('the check that all these tests end with sees one cent in one row', async () => {
  const projector = await ownProjector('analytics');
  const place = projector.at(await projector.start());
  await atRest([place]);
  await giveUpUnreadable(place);
  await expectAsWritten([place]);
  const admin = await connect(place.databaseUrl);
  await admin.query(
    'UPDATE revenue SET received_minor = received_minor + 1 WHERE ctid = (SELECT ctid FROM revenue LIMIT 1)',
  );
  await expect(expectAsWritten([place])).rejects.toThrow('revenue of analytics against the event table');
});
