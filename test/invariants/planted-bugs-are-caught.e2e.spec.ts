import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAsWritten } from './as-written.ts';
import { atRest, giveUpUnreadable } from './at-rest.ts';
import { chanceOf } from './chance.ts';
import { connect } from './connect.ts';
import { connectionLostAtCommit, crashPoints, installGates, untilApplied } from './crash-points.ts';
import { ownProjector } from './own-projector.ts';
import { parkedAt, release } from './parked.ts';
import { bugsAtMoments, bugsOnTroubledTopic, type Moment, type PlantedBug } from './planted/bugs.ts';
import type { SourceEdit } from './planted/plant.ts';
import { setBack } from './planted/set-back.ts';
import { troubledTopic, type TroubledTopic } from './planted/troubled-topic.ts';
import { projectionsOf, type Place } from './projectors.ts';
import { liveOrder, startTraffic } from './traffic.ts';

const editsOf = (bug: PlantedBug): SourceEdit[] => [bug, ...(bug.also === undefined ? [] : [bug.also])];

describe('on a topic with repeats, late events, a version that is there twice, and a record that nobody can read', () => {
  let topic: TroubledTopic;
  beforeAll(async () => {
    const chance = chanceOf(81);
    for (let orders = 0; orders < 60; orders += 1) await liveOrder(chance);
    await atRest();
    topic = await troubledTopic();
  });
  afterAll(() => topic.remove());

  /** The checks of all the invariants, on a projector that is built with these edits. */
  const proveWith = async (edits: readonly SourceEdit[]): Promise<void> => {
    const projector = await ownProjector('analytics');
    const place = projector.at(await projector.start({ edits: [...topic.edits, ...edits] }));
    await topic.takenIn(projector.databaseUrl);
    const parked = await parkedAt(place.url);
    for (const orderId of new Set(parked.map((one) => one.orderId))) {
      await release(place.url, orderId, topic.stuck.some((stuck) => stuck.orderId === orderId) ? 'discard' : 'retry');
    }
    const left = await parkedAt(place.url);
    await expectAsWritten([place]).catch((cause: unknown) => {
      const reasons = left.map(({ projection, orderId, reason }) => `${projection} ${orderId}: ${reason}`);
      throw new Error(`${(cause as Error).message}; still parked: ${JSON.stringify(reasons)}`, { cause });
    });
    const stuck = parked.filter(({ orderId }) => !topic.late.includes(orderId));
    expect(
      stuck.map(({ orderId, projection, waiting }) => `${projection} ${orderId} ${waiting}`).sort(),
      'what is parked, why, and how much waits behind it',
    ).toEqual(
      projectionsOf('analytics')
        .flatMap(([projection]) => topic.stuck.map(({ orderId, waiting }) => `${projection} ${orderId} ${waiting}`))
        .sort(),
    );
    for (const { orderId, reason } of stuck) {
      expect(reason).toMatch(topic.stuck.find((one) => one.orderId === orderId)?.reason ?? /^$/u);
    }
    expect(left, 'parked after all was released').toEqual([]);
  };

  it('the kit as it is ends in the rows as written, with two orders parked in order until they are looked at', () =>
    proveWith([]));

  it.each(bugsOnTroubledTopic)('$name: caught', async (bug) => {
    await expect(proveWith(editsOf(bug))).rejects.toThrow(bug.caught);
  });
});

type Suspect = { readonly name: string; readonly edits: readonly SourceEdit[]; readonly moments: readonly Moment[] };

const kitAsItIs: Suspect = {
  name: 'the kit as it is',
  edits: [],
  moments: ['after commit', 'connection lost at commit', 'set back'],
};

/** Orders flow meanwhile. Resolves with where the last of its processes answers. */
const goThrough = async ({ edits, moments }: Suspect): Promise<Place> => {
  const projector = await ownProjector('analytics');
  let instance = await projector.start({ group: '0-', edits });
  const admin = await connect(projector.databaseUrl);
  await untilApplied(admin, 1);
  await installGates(admin);
  for (const [round, moment] of moments.entries()) {
    if (moment === 'set back') await setBack(admin);
    else if (moment === 'connection lost at commit') {
      // More than once: one batch may hold nothing but an event that moves no row.
      for (let times = 0; times < 6; times += 1) await connectionLostAtCommit(admin);
    } else {
      await crashPoints[moment](admin, instance);
      instance = await projector.start({ group: `${round + 1}-`, edits });
    }
  }
  return projector.at(instance);
};

const whatIsWrong = async (place: Place): Promise<string> => {
  try {
    await giveUpUnreadable(place);
    await expectAsWritten([place]);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

it('killed after a commit, cut off at several, and set back under way, the kit as it is loses nothing, and each bug of its transactions is caught', async () => {
  const suspects = bugsAtMoments.map((bug) => ({ ...bug, edits: editsOf(bug), moments: [bug.moment] }));
  const traffic = startTraffic(82, 2);
  const [sound, ...places] = await Promise.all([kitAsItIs, ...suspects].map(goThrough));
  await traffic.stop();
  await atRest([sound, ...places].filter((place) => place !== undefined));
  expect(await whatIsWrong(sound!), kitAsItIs.name).toBe('nothing');
  for (const [at, { name, caught }] of suspects.entries()) {
    expect(await whatIsWrong(places[at]!), name).toMatch(caught);
  }
}, 180_000);
